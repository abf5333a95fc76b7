import type { ReadKey } from '../model/evidence.ts';
import type { Right } from '../model/request.ts';
import { type FollowedKey, followQuestions } from './follow/follow-questions.ts';
import type { Question } from './read/question.ts';
import { DISCOVERY, READS } from './read/reads.ts';

/** A right that reading needs; `key` is the read of the diagnosis, null where only watching is faster with it. */
export interface NeededRead {
  key: ReadKey | null;
  what: string;
  right: Right;
}

/** An object's name does not matter for the right to read it. */
const ANY = 'any';
const OF_LOG = { pod: ANY, container: ANY, previous: false };

/** What each read may ask. A new read does not compile without its line. */
const QUESTIONS: Readonly<Record<ReadKey, (namespace: string, called: readonly string[]) => readonly Question[]>> = {
  version: () => [],
  kubevirtCrd: () => [READS.kubevirtCrd.ask()],
  kubevirts: () => [READS.kubevirts.ask(null)],
  operatorWebhook: () => [READS.operatorWebhook.ask()],
  operatorClusterRoleBinding: () => [READS.operatorClusterRoleBinding.ask()],
  operatorRoleBinding: (namespace) => [READS.operatorRoleBinding.ask(namespace)],
  operatorClusterRole: () => [READS.operatorClusterRole.ask()],
  operatorRole: (namespace) => [READS.operatorRole.ask(namespace)],
  namespace: (namespace) => [READS.namespace.ask(namespace), DISCOVERY.labelledNamespaces()],
  deployment: (namespace) => [READS.deployment.ask(namespace)],
  otherDeployments: () => [READS.otherDeployments.ask(null)],
  replicaSets: (namespace) => [READS.replicaSets.ask(namespace)],
  pods: (namespace) => [READS.pods.ask(namespace)],
  events: (namespace) => [READS.events.ask(namespace)],
  operatorLease: (namespace) => [READS.operatorLease.ask(namespace)],
  leaseHolderPod: (namespace) => [READS.leaseHolderPod.ask(namespace, ANY)],
  controllerManagerLease: () => [READS.controllerManagerLease.ask()],
  schedulerLease: () => [READS.schedulerLease.ask()],
  serviceAccount: (namespace) => [READS.serviceAccount.ask(namespace, ANY)],
  priorityClass: () => [READS.priorityClass.ask(ANY)],
  resourceQuotas: (namespace) => [READS.resourceQuotas.ask(namespace)],
  limitRanges: (namespace) => [READS.limitRanges.ask(namespace)],
  nodeOverview: () => [READS.nodeOverview.ask()],
  nodes: () => [READS.nodes.ask({ labelSelector: '', fieldSelector: '' }), DISCOVERY.node(ANY)],
  nodeLeases: () => [READS.nodeLeases.ask(ANY)],
  nodePods: () => [READS.nodePods.ask(ANY)],
  webhooks: () => [READS.webhooks.ask('validatingWebhooks'), READS.webhooks.ask('mutatingWebhooks')],
  webhookServices: (_, called) => inEach(called, (namespace) => READS.webhookServices.ask(namespace, ANY)),
  webhookEndpoints: (_, called) => inEach(called, (namespace) => READS.webhookEndpoints.ask(namespace, ANY)),
  admissionPolicies: () => [
    READS.admissionPolicies.ask('validatingAdmissionPolicies', ANY),
    READS.admissionPolicies.ask('validatingAdmissionPolicyBindings', ANY),
  ],
  runtimeClass: () => [READS.runtimeClass.ask(ANY)],
  controllerRights: () => [
    READS.controllerRights.ask('clusterRoles', ANY),
    READS.controllerRights.ask('clusterRoleBindings', ANY),
  ],
  autoscalers: (namespace) => [READS.autoscalers.ask(namespace)],
  scaledObjects: (namespace) => [READS.scaledObjects.ask(namespace)],
  clusterServiceVersion: (namespace) => [READS.clusterServiceVersion.ask(namespace, ANY)],
  components: (namespace) => [READS.components.ask(namespace)],
  virtHandler: (namespace) => [READS.virtHandler.ask(namespace)],
  certificateAuthority: (namespace) => [READS.certificateAuthority.ask(namespace)],
  subresourcesApi: () => [READS.subresourcesApi.ask()],
  prometheusRules: (namespace) => [READS.prometheusRules.ask(namespace)],
  serviceMonitors: () => [READS.serviceMonitors.ask()],
  kubeStateMetrics: () => [READS.kubeStateMetrics.ask('deployments'), READS.kubeStateMetrics.ask('statefulSets')],
  metricsService: (namespace) => [READS.metricsService.ask(namespace)],
  networkPolicies: (namespace) => [READS.networkPolicies.ask(namespace)],
  strategyPods: (namespace) => [READS.strategyPods.ask(namespace)],
  operatorLogs: (namespace) => [READS.operatorLogs.ask(namespace, OF_LOG, { tail: 1, limitBytes: 1 })],
  vmiCount: () => [READS.vmiCount.ask()],
};

/**
 * Every right that reading may need, with virt-operator in this namespace; one may come more than once. `called` are the namespaces in which
 * Services of webhooks are; where none is known, the right is needed in all.
 */
export function neededReads(namespace: string, called: readonly string[] = []): NeededRead[] {
  const keys = Object.keys(QUESTIONS) as ReadKey[];
  const asked = keys.flatMap((key) =>
    QUESTIONS[key](namespace, called).flatMap(({ right }) => (right ? [{ key, what: READS[key].what, right }] : [])),
  );
  const follow = followQuestions(namespace, ANY);
  const watched = (Object.keys(follow) as FollowedKey[]).flatMap((key) => {
    const { right } = follow[key].list;
    const what = 'wait and mitigate by watching';
    return right ? ['list', 'watch'].map((verb) => ({ key: null, what, right: { ...right, verb } })) : [];
  });
  return [...asked, ...watched];
}

/** Where a webhook's Service is, only its configuration tells. */
function inEach(called: readonly string[], ask: (namespace: string) => Question): Question[] {
  if (called.length > 0) return called.map(ask);
  const question = ask(ANY);
  return [{ ...question, right: question.right && { ...question.right, namespace: null } }];
}
