import type { NodeOverview, Read, Reads } from '../../model/evidence.ts';
import type { Deployment, PodSpec } from '../../model/kubernetes.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { nodeSelectors } from '../../objects/placement/node-selector.ts';
import { merge, UNNEEDED, value } from './merge.ts';
import { readEvents } from './read-events.ts';
import type { Reader } from './reader.ts';
import { DISCOVERY, READS } from './reads.ts';

export type OperatorReads = Pick<
  Reads,
  'namespace' | 'replicaSets' | 'pods' | 'events' | 'operatorLease' | 'nodes' | 'prometheusRules'
>;

/** Affinity terms are alternatives; KubeVirt's own Deployment has two. */
const MAX_TERMS = 4;
/** Where the operator belongs when no Deployment says so (KubeVirt 1.7 pkg/virt-operator/resource/placement/placement.go). */
const CONTROL_PLANE = { labelSelector: 'node-role.kubernetes.io/control-plane', fieldSelector: '' };

/** Reads the operator's namespace, what the Deployment there made and what its pod template refers to. */
export async function readOperator(
  reader: Reader,
  namespace: string,
  deployment: Read<Deployment>,
  overview: NodeOverview | null,
): Promise<OperatorReads> {
  const template = value(deployment)?.spec?.template?.spec ?? null;
  const [replicaSets, pods, operatorLease, events, ...rest] = await Promise.all([
    reader.list('replicaSets', READS.replicaSets.ask(namespace)),
    readPods(reader, namespace),
    reader.object('operatorLease', READS.operatorLease.ask(namespace)),
    readEvents(reader, namespace, value(deployment)),
    reader.object('namespace', READS.namespace.ask(namespace)),
    readNodes(reader, template, overview),
    reader.list('prometheusRules', READS.prometheusRules.ask(namespace)),
  ]);
  const [namespaceRead, nodes, prometheusRules] = rest;
  return {
    namespace: namespaceRead,
    replicaSets,
    pods: await withHolder(reader, namespace, pods, operatorLease),
    events,
    operatorLease,
    nodes,
    prometheusRules,
  };
}

/** What stands for those reads while no namespace is known. */
export const NO_OPERATOR_READS: OperatorReads = {
  namespace: UNNEEDED,
  replicaSets: UNNEEDED,
  pods: UNNEEDED,
  events: UNNEEDED,
  operatorLease: UNNEEDED,
  nodes: UNNEEDED,
  prometheusRules: UNNEEDED,
};

/** Evicted pods stay listed and may crowd out those that count: then these are asked for too; of very many pods, those that run. */
async function readPods(reader: Reader, namespace: string): Promise<Reads['pods']> {
  const pods = await reader.list('pods', READS.pods.ask(namespace));
  if (pods.status !== 'read' || !pods.partial) return pods;
  const unfinished = await reader.list('pods', DISCOVERY.unfinishedPods(namespace));
  if (unfinished.status !== 'read') return unfinished;
  const running = unfinished.partial ? await reader.list('pods', DISCOVERY.runningPods(namespace)) : UNNEEDED;
  return merge([unfinished, running, { ...pods, partial: false }]);
}

/** With the pod that holds the lease, should it be among those that were not read. */
async function withHolder(
  reader: Reader,
  namespace: string,
  pods: Reads['pods'],
  lease: Reads['operatorLease'],
): Promise<Reads['pods']> {
  const holder = value(lease)?.spec?.holderIdentity;
  if (pods.status !== 'read' || !pods.partial || !holder || pods.value.some((pod) => nameOf(pod) === holder))
    return pods;
  return merge([pods, await reader.list('pods', DISCOVERY.podNamed(namespace, holder))]);
}

async function readNodes(
  reader: Reader,
  template: PodSpec | null,
  overview: NodeOverview | null,
): Promise<Reads['nodes']> {
  const selectors = template ? nodeSelectors(template, overview) : [CONTROL_PLANE];
  const terms = selectors.slice(0, MAX_TERMS).map((selector) => reader.list('nodes', READS.nodes.ask(selector)));
  return merge(await Promise.all(terms));
}
