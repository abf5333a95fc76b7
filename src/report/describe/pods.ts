import type { Pod } from '../../model/kubernetes.ts';
import type { Line } from '../../model/line.ts';
import { list } from '../../objects/meta/list.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { type ContainerStatus, containerStatuses, isReady } from '../../objects/pod/pod.ts';
import { podTable } from '../pod-table.ts';
import { readValue, whyNothing } from '../read.ts';
import type { View } from '../view.ts';
import { conditionTable } from './conditions.ts';
import { type Field, fields, fullTime, heading } from './field.ts';
import { isWanted, type Subject } from './subject.ts';

/** The pods, and for each that is not ready what its containers and conditions say; a pod that was asked for is always shown in full. */
export function podSection({ evidence }: View, subject: Subject | null): Line[] {
  const wanted = list(readValue(evidence.reads.pods)).filter((pod) => isWanted(subject, 'Pod', nameOf(pod)));
  if (wanted.length === 0) return subject ? [] : fields([['Pods', whyNothing(evidence.reads.pods)]]);
  const inFull = subject ? wanted : wanted.filter((pod) => !isReady(pod));
  return [heading('Pods'), ...podTable(wanted, evidence.readAt, '  '), ...inFull.flatMap(podBlock)];
}

function podBlock(pod: Pod): Line[] {
  const reason = [pod.status?.reason, pod.status?.message].filter(Boolean).join(': ');
  const untrue = list(pod.status?.conditions).filter((one) => one.status !== 'True');
  return [
    heading(nameOf(pod), 1),
    ...fields(
      [
        ['Phase', pod.status?.phase ?? '<unknown>'],
        ['Node', pod.spec?.nodeName || '<none>'],
        ...(reason ? [['Reason', reason] as const] : []),
        ...containerStatuses(pod).flatMap(containerFields),
      ],
      2,
    ),
    ...conditionTable(untrue, 2),
  ];
}

function containerFields(status: ContainerStatus): Field[] {
  const name = status.name ?? '<unnamed>';
  return [
    ['Container', `${name}, ${status.ready ? 'ready' : 'not ready'}, ${status.restartCount ?? 0} restarts`],
    ...stateFields('State', status.state),
    ...stateFields('Last State', status.lastState),
  ];
}

function stateFields(name: string, state: ContainerStatus['state']): Field[] {
  const { waiting, running, terminated } = state ?? {};
  const message = waiting?.message || terminated?.message;
  const rest: Field[] = message ? [['Message', message]] : [];
  if (waiting) return [[name, `Waiting${waiting.reason ? `, ${waiting.reason}` : ''}`], ...rest];
  if (running) return [[name, `Running since ${fullTime(running.startedAt)}`]];
  if (!terminated) return [];
  const end = terminated.signal ? `signal ${terminated.signal}` : `exit code ${terminated.exitCode ?? '<unknown>'}`;
  const words = ['Terminated', terminated.reason, end, `at ${fullTime(terminated.finishedAt)}`].filter(Boolean);
  return [[name, words.join(', ')], ...rest];
}
