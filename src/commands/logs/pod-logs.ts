import { knownValue } from '../../diagnosis/evaluate.ts';
import { readLog } from '../../kube/read/read-logs.ts';
import { startReader } from '../../kube/read/reader.ts';
import type { ContainerLog } from '../../model/container-log.ts';
import { EXIT, UserError } from '../../model/errors.ts';
import type { Evidence, Read, ReadLog } from '../../model/evidence.ts';
import { list } from '../../objects/meta/list.ts';
import { redact } from '../../objects/meta/redact.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { leaderState } from '../../objects/operator/leader.ts';
import { isFinished } from '../../objects/pod/pod.ts';
import type { Io } from '../../terminal/io.ts';
import type { Options } from '../flags/parse-options.ts';
import { openSource, readEvidence } from '../session.ts';

/** The operator has two pods; more are leftovers. */
export const MAX_PODS = 10;
const LIMIT_BYTES = 1024 * 1024 - 1;

export interface PodLogs {
  /** The leader's first, then by name. */
  logs: ContainerLog[];
  /** The name of the pod that leads; null when none does. */
  leader: string | null;
  /** What could not be read, and why. */
  unread: string[];
  log: ReadLog[];
}

/** Reads the logs that were asked for. Throws a UserError when there is no pod to read from. */
export async function readPodLogs(options: Options, io: Io): Promise<PodLogs> {
  const source = await openSource(options, io);
  try {
    const evidence = await readEvidence(source, 'verdict', options, io);
    const { previous, container, tail, since } = options;
    const leader = leaderOf(evidence);
    const pods = podNames(evidence, options).toSorted((a, b) => Number(b === leader) - Number(a === leader));
    const reader = startReader(source.ask);
    const bounds = { tail, limitBytes: LIMIT_BYTES, sinceSeconds: since === null ? null : Math.ceil(since / 1000) };
    const namespace = evidence.namespace ?? '';
    const reads = await Promise.all(
      pods.slice(0, MAX_PODS).map((pod) => readLog(reader, namespace, { pod, container, previous }, bounds)),
    );
    return {
      logs: reads.flatMap((read) => (read.status === 'read' ? read.value : [])),
      leader,
      unread: [
        ...reads.flatMap((read, index) => refusalOf(read, pods[index] ?? '')),
        ...pods.slice(MAX_PODS).map((pod) => `log of pod/${pod}: not asked for, there are more than ${MAX_PODS} pods`),
      ],
      log: [...evidence.log, ...reader.log],
    };
  } finally {
    source.close();
  }
}

/** The pods whose logs are meant. Throws a UserError when there is none. */
export function podNames(evidence: Evidence, { subject }: Options): string[] {
  const { pods } = evidence.reads;
  if (pods.status === 'forbidden' || pods.status === 'failed') {
    throw new UserError(`the pods of virt-operator could not be listed: ${redact(pods.message)}`, EXIT.noAnswer);
  }
  const wanted = podName(subject);
  const known = list(knownValue(evidence, 'pods'));
  const names = known.map(nameOf);
  const found = known.filter((pod) => (wanted === null ? !isFinished(pod) : nameOf(pod) === wanted)).map(nameOf);
  if (found.length > 0) return found;
  const where = evidence.namespace === null ? '' : ` in namespace ${evidence.namespace}`;
  if (wanted === null || names.length === 0) {
    throw new UserError(`there is no pod of virt-operator${where}; kubectl virtop status says why`, EXIT.noAnswer);
  }
  throw new UserError(`virt-operator has no pod ${wanted}${where}; it has ${names.join(', ')}`, EXIT.usage);
}

/** The POD after `logs`, without its kind. */
export function podName(subject: string | null): string | null {
  return subject?.replace(/^(?:pods?|po)\//, '') ?? null;
}

/** The name of the pod that leads; null when none does. */
export function leaderOf(evidence: Evidence): string | null {
  const lease = leaderState(knownValue(evidence, 'operatorLease'), knownValue(evidence, 'pods'), evidence.readAt);
  return lease.alive ? lease.holder : null;
}

function refusalOf(read: Read<ContainerLog[]>, pod: string): string[] {
  if (read.status === 'read')
    return read.partial ? [`log of pod/${pod}: its end did not fit into 1 MiB; use --tail`] : [];
  const why = 'message' in read ? redact(read.message) : 'not found';
  return [`log of pod/${pod}: ${why}`];
}
