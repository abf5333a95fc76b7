import { type Line, span } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import { age } from '../objects/human-duration.ts';
import { list } from '../objects/list.ts';
import { nameOf } from '../objects/reference.ts';
import { entries, entry, paragraphs } from './entry.ts';
import { podTable } from './pod-table.ts';
import { statusLines } from './text.ts';
import type { Renderer, View } from './view.ts';

/** `text`, and below it the leader, image, nodes, pods and what was asked of the server. */
export const wide: Renderer = (view) => ({
  kind: 'lines',
  lines: paragraphs(statusLines(view), wideLines(view), podTable(view)),
});

function wideLines(view: View): Line[] {
  return [leaderLine(view.report), ...imageLines(view), ...nodeLines(view), ...requestLines(view)];
}

function leaderLine({ operator, readAt }: OperatorReport): Line {
  const { leader } = operator;
  if (!leader) return entry('LEADER', 'unknown');
  const state = leader.alive ? 'alive' : 'not alive';
  return entry('LEADER', `${leader.holder || '<none>'} (${state}), lease renewed ${age(readAt, leader.renewTime)} ago`);
}

function imageLines({ evidence }: View): Line[] {
  const { deployment } = evidence.reads;
  const template = deployment.status === 'read' ? deployment.value.spec?.template?.spec : null;
  return entries(
    'IMAGE',
    list(template?.containers).map((one) => [span(one.image ?? '<none>')]),
  );
}

function nodeLines({ evidence }: View): Line[] {
  const { nodes, nodeOverview } = evidence.reads;
  const names = nodes.status === 'read' ? list(nodes.value).map(nameOf) : [];
  const total = nodeOverview.status === 'read' ? ` of ${nodeOverview.value.total}` : '';
  return names.length > 0 ? [entry('NODES', `${names.length}${total} may host it: ${names.join(', ')}`)] : [];
}

function requestLines({ evidence }: View): Line[] {
  const slowest = evidence.log.toSorted((a, b) => b.milliseconds - a.milliseconds)[0];
  if (!slowest) return [];
  return [entry('REQUESTS', `${evidence.log.length}, slowest ${slowest.milliseconds}ms (${slowest.what})`)];
}
