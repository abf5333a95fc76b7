import type { Finding } from '../model/finding.ts';
import type { Line } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import { isJustStarting } from '../objects/container/starting.ts';
import { lasting } from '../objects/meta/human-duration.ts';
import { rightText } from '../objects/meta/right.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { commandEntry, entry } from './entry.ts';
import { mends, repairCommand } from './remedy.ts';
import { LONG_SECONDS, operatorSeen, shortOfPods, symptoms } from './symptoms.ts';
import { unreadByWeight } from './unread.ts';
import type { View } from './view.ts';

const DESCRIBE = commandEntry('NEXT', 'kubectl virtop describe');
const WAIT = commandEntry('NEXT', 'kubectl virtop wait');

/** So many causes are shown with what mends them. */
export const MOST_CAUSES = 4;

/** The second line and the third: why, and what now. Several causes are several pairs. */
export function causeLines(view: View): Line[] {
  const { causes, unexplained } = view.report;
  if (causes.length > 0) {
    const known = [
      ...causes
        .slice(0, MOST_CAUSES)
        .flatMap((cause, index) => [causeLine(cause, view.report), ...fixLines(cause, index > 0, view.report)]),
      ...leftLines(causes.slice(MOST_CAUSES)),
      ...stepsLine(causes),
    ];
    return unexplained ? [...known, entry('CAUSE', `${unexplained}: not known`), DESCRIBE] : known;
  }
  switch (view.report.verdict) {
    case 'healthy':
      return [entry('CHECKED', checked(view.report))];
    case 'incomplete':
      return [entry('WHY', unread(view.report)), ...grantLines(view.report)];
    case 'notInstalled':
      return [entry('WHY', 'no KubeVirt, virt-operator or anything that it leaves behind was found')];
    default:
      return unknownLines(view);
  }
}

function unknownLines(view: View): Line[] {
  const seen = symptoms(view).join('; ');
  if (!isStarting(view)) return [entry('CAUSE', `not known. Seen: ${seen}`), DESCRIBE];
  if (!isPersistent(view)) return [entry('CAUSE', `not known yet, the pods may just be starting: ${seen}`), WAIT];
  const { namespace } = view.evidence;
  const words =
    'not known: either what stopped the pods before these was just mended, or something ends them again and again';
  const pods = shell`kubectl -n ${namespace} get pods -l kubevirt.io=virt-operator -o wide --watch`;
  return [
    entry('CAUSE', `${words}. Seen: ${seen}`),
    commandEntry('NEXT', pods),
    commandEntry('', 'kubectl virtop describe'),
  ];
}

/** Whether the Deployment has been short of pods for long, and of a template that is as old. */
function isPersistent(view: View): boolean {
  const { current } = operatorSeen(view.evidence);
  const age = ageSeconds(view.evidence.readAt, current?.metadata?.creationTimestamp) ?? 0;
  return shortOfPods(view) !== null && age >= LONG_SECONDS;
}

function isStarting({ evidence }: View): boolean {
  return isJustStarting(operatorSeen(evidence), evidence.readAt);
}

function causeLine(cause: Finding, report: OperatorReport): Line {
  const remarks = [
    ...(cause.since ? [lasting(report.readAt, cause.since)] : []),
    ...(cause.confidence === 'certain' ? [] : [cause.confidence]),
  ];
  return entry('CAUSE', `${cause.title}${remarks.length > 0 ? ` (${remarks.join(', ')})` : ''}`);
}

function leftLines(left: readonly Finding[]): Line[] {
  const codes = left.map(({ code }) => code).join(', ');
  return left.length > 0 ? [entry('CAUSE', `and ${left.length} more: ${codes}`)] : [];
}

/** What mends it: the repair that this program makes, and (unless `brief`) the same by hand; or where to look. Where more is in the way, `mitigate` finds the order. */
function fixLines({ mitigation }: Finding, brief: boolean, { findings }: OperatorReport): Line[] {
  if (!mitigation) return [DESCRIBE];
  const isMore = findings.some(({ next, confidence }) => next && confidence === 'certain');
  const repair = isMore && mitigation.automatic ? 'kubectl virtop mitigate' : repairCommand(mitigation);
  if (repair && brief) return [commandEntry('FIX', repair)];
  const mending = repair ? 'BY HAND' : 'FIX';
  const label = mends(mitigation) ? mending : 'NEXT';
  const commands = mitigation.command.split('\n');
  return [
    ...(repair ? [commandEntry('FIX', repair)] : []),
    ...commands.map((command, index) => commandEntry(index === 0 ? label : '', command)),
  ];
}

/** One command rarely mends what is left to a person: then `mitigate` tells all that must be done, in order. */
function stepsLine(causes: readonly Finding[]): Line[] {
  const plans = causes.flatMap(({ mitigation }) => mitigation ?? []);
  return plans.length > 0 && !plans.some(repairCommand) ? [commandEntry('STEPS', 'kubectl virtop mitigate')] : [];
}

function unread(report: OperatorReport): string {
  const names = [...new Set(unreadByWeight(report).map((one) => one.what))];
  return names.length > 0 ? `could not read ${someOf(names)}` : 'something needed brought no answer';
}

function grantLines(report: OperatorReport): Line[] {
  const rights = unreadByWeight(report).flatMap((one) => (one.needs ? [rightText(one.needs)] : []));
  if (rights.length === 0) return [commandEntry('NEXT', 'kubectl virtop status --request-timeout=60s')];
  return [entry('NEXT', `ask an administrator for the right to ${someOf([...new Set(rights)])}`)];
}

/** The first three, and how many more there are. */
function someOf(names: readonly string[]): string {
  const more = names.length > 3 ? `, and ${names.length - 3} more` : '';
  return `${names.slice(0, 3).join(', ')}${more}`;
}

function checked({ findings }: OperatorReport): string {
  const wrong = findings.length > 0 ? 'virt-operator works, see ALSO for the rest' : 'nothing was found wrong';
  return `all that was needed could be read; ${wrong}`;
}
