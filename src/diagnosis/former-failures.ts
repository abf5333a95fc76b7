import type { Evidence } from '../model/evidence.ts';
import type { Pod } from '../model/kubernetes.ts';
import type { Rule } from '../model/rule.ts';
import type { Rung } from '../model/rung.ts';
import { list } from '../objects/meta/list.ts';
import { isControlledBy } from '../objects/meta/reference.ts';
import { millis } from '../objects/meta/time.ts';
import type { Operator } from '../objects/operator/operator.ts';
import { containerStatuses, isActive } from '../objects/pod/pod.ts';
import { evaluate, type Observed } from './evaluate.ts';
import type { Roots } from './roots.ts';

interface Diagnosed {
  evidence: Evidence;
  rules: readonly Rule[];
  operator: Operator;
  causes: Roots['causes'];
}

const CONTAINERS: readonly Rung[] = ['container-start', 'container-run'];

/**
 * What kept the newest former pod of the present template from running, where no pod has come so far since: the next one is likely to
 * meet the same. The rules judge that pod as if it were still wanted.
 */
export function formerFailures({ evidence, rules, operator, causes }: Diagnosed): Observed[] {
  const reached = operator.pods.some((pod) => containerStatuses(pod).length > 0);
  const earlier = causes.length > 0 && causes.every(({ root }) => !CONTAINERS.includes(root.rule.rung));
  const former = earlier && !reached ? newestStuck(evidence, operator) : null;
  if (!former) return [];
  const about = rules.filter(({ rung }) => CONTAINERS.includes(rung));
  const { observed } = evaluate(asIfWanted(evidence, former), about);
  const said = observed.filter(({ observation }) => observation.explains.length > 0);
  const sure = said.filter(({ observation }) => observation.confidence !== 'possible');
  return sure.slice(0, 1).map(({ rule, observation }) => ({
    rule,
    observation: { ...observation, confidence: 'likely', explains: [], next: true },
  }));
}

/** Pods that ended or are being deleted while a container of theirs waited with a reason of its own, such as ImagePullBackOff. */
function newestStuck({ reads }: Evidence, { current, ready }: Operator): Pod | null {
  if (!current || ready.length > 0 || reads.pods.status !== 'read') return null;
  const stuck = list(reads.pods.value).filter(
    (pod) => !isActive(pod) && isControlledBy(pod, current) && containerStatuses(pod).some(isStuck),
  );
  return stuck.toSorted((a, b) => created(b) - created(a))[0] ?? null;
}

/** Every container waits with these reasons while it is set up. */
const SETUP = ['ContainerCreating', 'PodInitializing'];

function isStuck({ state }: ReturnType<typeof containerStatuses>[number]): boolean {
  return !!state?.waiting?.reason && !SETUP.includes(state.waiting.reason);
}

function asIfWanted(evidence: Evidence, former: Pod): Evidence {
  const metadata = { ...former.metadata, deletionTimestamp: null };
  const pod = { ...former, metadata, status: { ...former.status, phase: 'Pending' } };
  return { ...evidence, reads: { ...evidence.reads, pods: { status: 'read', value: [pod] } } };
}

function created({ metadata }: Pod): number {
  return millis(metadata?.creationTimestamp) ?? 0;
}
