import { askArchive } from '../../src/archive/store.ts';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { gather } from '../../src/kube/read/gather.ts';
import { afterChange } from '../../src/mitigation/apply-patch.ts';
import type { Hands, Wishes } from '../../src/mitigation/hands.ts';
import type { Journal, JournalEntry } from '../../src/mitigation/journal.ts';
import { mitigate } from '../../src/mitigation/mitigate.ts';
import type { ActionName } from '../../src/model/action.ts';
import type { ChangeAnswer, ChangeRequest } from '../../src/model/change.ts';
import type { Repair } from '../../src/model/repair.ts';
import { archiveOf, healthyCluster, READ_AT, stateOf, type TestObject } from '../helpers/cluster.ts';

const CLUSTER = { context: 'lab', server: 'https://10.0.0.1:6443', user: 'alice' };

/** What a test scripts: each may look at the request, and null goes on as usual. */
export interface Script {
  /** What the person types, question by question; null is the end of input. */
  answers?: (string | null)[];
  rights?: 'yes' | 'no' | 'unknown';
  onSend?(request: ChangeRequest, dryRun: boolean, cluster: FakeCluster): ChangeAnswer | null;
  /** What happens while a person thinks. */
  onAsk?(cluster: FakeCluster): void;
  /** Whether the operator comes back once its Deployment asks for pods. */
  recovers?: boolean;
  context?: string;
}

/** A cluster in memory, where one Deployment was scaled to 0, and a person in front of it. */
export interface FakeCluster {
  hands: Hands;
  /** The operator's Deployment as it is stored. */
  deployment(): TestObject;
  /** Another client writes it. */
  write(change: object): void;
  /** Every change that was stored, and every trial. */
  writes: string[];
  trials: number;
  questions: string[];
  shown: Repair[];
  journal: JournalEntry[];
  lastWords(): string;
}

/** Made of the healthy cluster, so that everything else in it is as it should be. */
export function fakeCluster(script: Script = {}): FakeCluster {
  let version = 5;
  const change = (object: TestObject): TestObject => ({
    ...object,
    metadata: { ...object.metadata, uid: 'd', resourceVersion: String(++version) },
  });
  const healthy = healthyCluster();
  const find = (kind: string) => healthy.find((one) => one.kind === kind) as TestObject;
  let deployment = change({ ...find('Deployment'), spec: { ...(find('Deployment').spec as object), replicas: 0 } });
  let clock = 0;
  let words = '';
  const answers = [...(script.answers ?? [])];
  const replicas = () => (deployment.spec as { replicas: number }).replicas;
  const objects = () => {
    const isBack = script.recovers !== false && replicas() > 0;
    const rest = healthy.filter((one) => one.kind !== 'Deployment' && (isBack || one.kind !== 'Pod'));
    return [deployment, ...rest.map((one) => (one.kind === 'ReplicaSet' ? ofSize(one, replicas()) : one))];
  };
  const look = async () => {
    const evidence = await gather(askArchive(archiveOf(objects())), { cluster: CLUSTER });
    return { evidence, report: operatorReport(evidence) };
  };
  const store = (request: ChangeRequest, dryRun: boolean): ChangeAnswer => {
    const scripted = script.onSend?.(request, dryRun, fake) ?? null;
    if (scripted) return scripted;
    const isNew = request.method === 'POST';
    if (!isNew && !isFresh(request, deployment)) return { status: 'conflict', message: 'the object has been modified' };
    if (dryRun) fake.trials += 1;
    else fake.writes.push(`${request.method} ${request.path}`);
    if (!dryRun && !isNew) deployment = change(afterChange(deployment, request) as TestObject);
    return { status: 'done', body: isNew ? request.body : deployment };
  };
  const journal: Journal = {
    write: (entry) => {
      const at = fake.journal.findIndex(({ id }) => id === entry.id);
      fake.journal.splice(at < 0 ? fake.journal.length : at, at < 0 ? 0 : 1, structuredClone(entry));
    },
    entries: () => fake.journal,
  };
  const fake: FakeCluster = {
    writes: [],
    trials: 0,
    questions: [],
    shown: [],
    journal: [],
    deployment: () => deployment,
    lastWords: () => words,
    write: (more) => {
      deployment = change({ ...deployment, ...more });
    },
    hands: {
      cluster: { ...CLUSTER, context: script.context ?? CLUSTER.context },
      look,
      read: async (path) => (path.endsWith('/deployments/virt-operator') ? deployment : null),
      follow: () => ({
        state: () => stateOf(objects()),
        trouble: () => null,
        change: async (milliseconds) => {
          clock += milliseconds;
        },
        close: async () => undefined,
      }),
      mayI: async () => script.rights ?? 'yes',
      send: async (request, { dryRun }) => store(request, dryRun),
      show: (repair) => fake.shown.push(repair),
      ask: async (question) => {
        fake.questions.push(question);
        script.onAsk?.(fake);
        return answers.shift() ?? null;
      },
      progress: () => undefined,
      journal,
      now: () => READ_AT,
      ticks: () => clock,
      ifInterrupted: (text) => {
        words = text;
      },
    },
  };
  return fake;
}

/** At a terminal, without any flag; a test states what is different. */
export function wishes(changes: Partial<Wishes> = {}): Wishes {
  return {
    yes: false,
    dryRun: 'none',
    isTerminal: true,
    overrideOwner: false,
    confirmContext: null,
    timeout: 60_000,
    ...changes,
  };
}

function ofSize(replicaSet: TestObject, replicas: number): TestObject {
  return { ...replicaSet, spec: { ...(replicaSet.spec as object), replicas } };
}

/** What an API server checks: the resourceVersion, wherever the patch has it. */
function isFresh(request: ChangeRequest, { metadata }: TestObject): boolean {
  if (request.contentType === 'application/json-patch+json') {
    const test = request.body.find(({ path }) => path === '/metadata/resourceVersion');
    return !test || ('value' in test && test.value === metadata?.resourceVersion);
  }
  const { resourceVersion } = (request.body.metadata ?? {}) as { resourceVersion?: string };
  return resourceVersion === undefined || resourceVersion === metadata?.resourceVersion;
}

/** What `mitigate` does there. */
export async function mended(script: Script, wished: Partial<Wishes> = {}, action: ActionName | null = null) {
  const cluster = fakeCluster(script);
  const asked = { action, manualSteps: () => ['Mend it.'] };
  const { repairs } = await mitigate(asked, cluster.hands, wishes(wished));
  return { cluster, repair: repairs.at(-1) as Repair, repairs };
}

/** How many replicas the Deployment asks for. */
export function replicas({ deployment }: FakeCluster): unknown {
  return (deployment().spec as { replicas: number }).replicas;
}
