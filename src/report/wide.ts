import { type Line, span } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import { ago } from '../objects/meta/human-duration.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { admitsNode } from '../objects/placement/node-affinity.ts';
import { entries, entry, paragraphs } from './entry.ts';
import { podTable } from './pod-table.ts';
import { readValue } from './read.ts';
import { statusLines } from './text.ts';
import type { Page, View } from './view.ts';

/** `text`, and below it the leader, image, nodes, pods and what was asked of the server. */
export const wide: Page = (view) => ({
  kind: 'lines',
  lines: paragraphs(
    statusLines(view),
    wideLines(view),
    podTable(list(readValue(view.evidence.reads.pods)), view.evidence.readAt),
  ),
});

function wideLines(view: View): Line[] {
  return [leaderLine(view.report), ...imageLines(view), ...nodeLines(view), ...requestLines(view)];
}

function leaderLine({ operator, readAt }: OperatorReport): Line {
  const { leader } = operator;
  if (!leader) return entry('LEADER', 'unknown');
  const state = leader.alive ? 'alive' : 'not alive';
  return entry('LEADER', `${leader.holder || '<none>'} (${state}), lease renewed ${ago(readAt, leader.renewTime)}`);
}

function imageLines({ evidence }: View): Line[] {
  const template = readValue(evidence.reads.deployment)?.spec?.template?.spec;
  return entries(
    'IMAGE',
    list(template?.containers).map((one) => [span(one.image ?? '<none>')]),
  );
}

function nodeLines({ evidence }: View): Line[] {
  const pod = readValue(evidence.reads.deployment)?.spec?.template?.spec;
  const admitted = list(readValue(evidence.reads.nodes)).filter((node) => admitsNode(pod, node));
  const names = admitted.map(nameOf);
  const total = readValue(evidence.reads.nodeOverview)?.total ?? names.length;
  return names.length > 0 ? [entry('NODES', `${names.length} of ${total} may host it: ${names.join(', ')}`)] : [];
}

function requestLines({ evidence }: View): Line[] {
  const slowest = evidence.log.toSorted((a, b) => b.milliseconds - a.milliseconds)[0];
  if (!slowest) return [];
  return [entry('REQUESTS', `${evidence.log.length}, slowest ${slowest.milliseconds}ms (${slowest.what})`)];
}
