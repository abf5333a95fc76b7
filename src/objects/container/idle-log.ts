import type { ContainerLog } from '../../model/container-log.ts';
import type { EvidenceItem } from '../../model/finding.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { nameOf } from '../meta/reference.ts';
import { OPERATOR_CONTAINER } from '../pod/pod.ts';
import { type Logs, logOf, logSource } from './container-log.ts';
import { isUnreachable, type LogClass, wordsOf } from './crash-log.ts';
import { lastLinesOf } from './crash-words.ts';

/** Where the log of an operator that runs and does not lead stops. */
export interface Standstill {
  pod: Pod;
  /** `before-lease`: it has not asked for the lease yet; `at-lease`: it has. */
  stage: 'before-lease' | 'at-lease';
  /** What it says of an error there, named as the rules are; null without one that is known. */
  kind: LogClass | null;
  /** What it cannot list, as in `*v1.KubeVirt`; null where that is not the trouble. */
  resource: string | null;
  /** The error, or the last line. */
  words: EvidenceItem;
}

/** KubeVirt v1.9 pkg/virt-operator/application.go; client-go v0.33 and v0.36 tools/leaderelection/leaderelection.go. */
const ASKS = /attempting to acquire leader (?:status|lease)/i;
const LEADS = /Started leading|successfully acquired lease/i;
const LEASE_ERROR =
  /error retrieving (?:resource lock|lease lock)|initially creating (?:leader election record|lease lock)|failed to update (?:lock|lease)|failed to renew lease/i;
/** The first lines that virt-operator writes, of whatever version. */
const STARTS =
  /Using client rate limiter|we are on (?:kubernetes|openshift)|Using the inClusterConfig|STARTING informer/;
/** client-go tools/cache/reflector.go: what it cannot list, it asks for again and again. */
const LIST_ERROR = /failed to (?:list|watch) (\*[\w./]+)|Failed to watch".* type="(\*[\w./]+)"/;
/** These come with the first KubeVirt resource, and nothing waits for them (KubeVirt v1.9 pkg/virt-operator/kubevirt.go). */
const LATER = /VirtualMachine(?:Cluster)?(?:Instancetype|Preference)/;
/** What must be listed before the lease is asked for (application.go Run). */
const FIRST = /\*[\w./]*(?:KubeVirt|CustomResourceDefinition|ConfigMap)\b/;

/** What the logs of these Ready pods say of why they do not lead; nothing of those whose log is not known or tells of neither. */
export function standstills(pods: readonly Pod[], logs: Logs): Standstill[] {
  return pods.flatMap((pod) => {
    const log = logOf(logs, nameOf(pod), OPERATOR_CONTAINER);
    const found = log && !log.previous ? standstill(log) : null;
    return found ? [{ pod, ...found }] : [];
  });
}

type Found = Omit<Standstill, 'pod'>;

function standstill(log: ContainerLog): Found | null {
  const lines = log.text.trimEnd().split('\n');
  const leads = lines.findLastIndex((line) => LEADS.test(line));
  const leaseError = lines.findLastIndex((line) => LEASE_ERROR.test(line));
  if (leaseError > leads) return found('at-lease', log, lines[leaseError] ?? '');
  if (leads >= 0) return null;
  const asks = lines.findLast((line) => ASKS.test(line));
  if (asks !== undefined) return found('at-lease', log, asks);
  const listErrors = lines.filter((line) => LIST_ERROR.test(line) && !LATER.test(line));
  const listError = listErrors.findLast((line) => FIRST.test(line)) ?? listErrors.at(-1);
  if (listError !== undefined) return found('before-lease', log, listError);
  const isWhole = !log.cut || lines.some((line) => STARTS.test(line));
  return isWhole ? found('before-lease', log, lines.at(-1) ?? '') : null;
}

function found(stage: Standstill['stage'], log: ContainerLog, line: string): Found {
  const [, listed, watched] = LIST_ERROR.exec(line) ?? [];
  const [text = line] = lastLinesOf(line, 1);
  return {
    stage,
    kind: isUnreachable(text) ? 'crash-api-unreachable' : (wordsOf(line)?.kind ?? null),
    resource: listed ?? watched ?? null,
    words: { text, source: logSource(log) },
  };
}
