import type { Confidence, EvidenceItem, ObjectReference, Observation } from '../../model/finding.ts';
import type { NetworkPolicy, Pod, Service, ServiceMonitor } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nameOf, reference } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import { later } from '../meta/time.ts';
import type { Operator } from '../operator/operator.ts';
import { closingIngress } from './network-policy.ts';

/** Why an alert does not see what there is. */
export interface MonitoringFault {
  title: string;
  since: string | null;
  confidence: Confidence;
  object: ObjectReference;
  evidence: EvidenceItem[];
  /** What to look at, or what mends it. */
  command: string;
}

/** The ports of virt-operator (KubeVirt v1.7.0 components/deployments.go NewOperatorDeployment). */
export const METRICS_PORT = 8443;
export const WEBHOOK_PORT = 8444;
const SERVICE = 'kubevirt-prometheus-metrics';

interface Seen {
  readonly operator: Operator;
  readonly namespace: string;
  readonly metricsService?: Service | null | undefined;
  readonly serviceMonitors?: readonly ServiceMonitor[] | null | undefined;
  readonly networkPolicies?: readonly NetworkPolicy[] | null | undefined;
}

/** A fault as a rule tells of it: never why the operator is down. */
export function monitoringFinding({ command, ...seen }: MonitoringFault, action: string): Observation {
  return { ...seen, explains: [], mitigation: { action, automatic: false, command } };
}

/** The Ready pods that the metrics Service selects, of which alone Prometheus learns; all of them when it was not read. */
export function selectedPods({ operator, metricsService }: Seen): Pod[] {
  const selector = Object.entries(metricsService?.spec?.selector ?? {});
  if (metricsService === undefined) return operator.ready;
  if (selector.length === 0) return [];
  return operator.ready.filter((pod) => selector.every(([key, value]) => pod.metadata?.labels?.[key] === value));
}

/** Why Prometheus does not get the operator's own metrics, the surest reason first; null when nothing that was read tells of one. */
export function scrapeFault(seen: Seen): MonitoringFault | null {
  if (seen.operator.ready.length === 0) return null;
  return withoutService(seen) ?? withoutLabel(seen) ?? withoutMonitor(seen);
}

/** NetworkPolicies that let nobody in at a port of the Ready pods. Not every network honours them. */
export function closedPort(seen: Seen, port: number, use: string): MonitoringFault | null {
  const policies = seen.operator.ready.map((pod) => closingIngress(seen.networkPolicies, pod, port));
  const [first] = policies[0] ?? [];
  if (!first || policies.some((some) => some.length === 0)) return null;
  const names = [...new Set(policies.flat().map(nameOf))];
  return {
    title: `NetworkPolicy ${names.join(', ')} lets nobody in at port ${port} of the operator pods, which is for ${use}`,
    since: null,
    confidence: 'likely',
    object: reference('NetworkPolicy', first),
    evidence: names.map((name) => ({
      text: `it selects the operator pods, and no ingress rule opens port ${port}`,
      source: `networkpolicy/${name} in ${seen.namespace}`,
    })),
    command: shell`kubectl -n ${seen.namespace} describe networkpolicy ${names}`,
  };
}

function withoutService({ metricsService, namespace }: Seen): MonitoringFault | null {
  if (metricsService !== null) return null;
  return {
    title: `Service ${SERVICE} does not exist: Prometheus does not find the operator's metrics`,
    since: null,
    confidence: 'certain',
    object: { kind: 'Service', namespace, name: SERVICE },
    evidence: [{ text: 'it does not exist', source: `service/${SERVICE} in ${namespace}` }],
    command: shell`kubectl -n ${namespace} get service ${SERVICE}`,
  };
}

function withoutLabel(seen: Seen): MonitoringFault | null {
  const { metricsService, operator, namespace } = seen;
  const selected = selectedPods(seen);
  const left = operator.ready.filter((pod) => !selected.includes(pod));
  const [first] = left;
  if (!first || !metricsService) return null;
  const selector = Object.entries(metricsService.spec?.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  const labels = operator.deployment?.spec?.template?.metadata?.labels ?? {};
  const isBorn = Object.entries(metricsService.spec?.selector ?? {}).some(([key, value]) => labels[key] !== value);
  const born = left.reduce<string | null>((last, pod) => later(last, pod.metadata?.creationTimestamp), null);
  return {
    title: `${left.length} Ready operator ${left.length === 1 ? 'pod lacks' : 'pods lack'} the label ${selector.join(', ') || 'that Service selects by'}: Prometheus does not find ${left.length === 1 ? 'it' : 'them'}`,
    since: isBorn ? born : null,
    confidence: 'certain',
    object: reference('Pod', first),
    evidence: [
      { text: `selects ${selector.join(', ') || 'nothing'}`, source: `service/${SERVICE} spec.selector` },
      ...left.map((pod) => ({ text: 'is not selected', source: `pod/${nameOf(pod)} metadata.labels` })),
    ],
    command: shell`kubectl -n ${namespace} get pods -l kubevirt.io=virt-operator --show-labels`,
  };
}

/** Prometheus may have been told of the pods in another way. */
function withoutMonitor({ serviceMonitors, metricsService, namespace }: Seen): MonitoringFault | null {
  if (!serviceMonitors || serviceMonitors.some((one) => covers(one, namespace, metricsService))) return null;
  const found = serviceMonitors.map((one) => `${one.metadata?.namespace ?? ''}/${nameOf(one)}`);
  return {
    title: `no ServiceMonitor tells Prometheus to scrape the operator pods in namespace ${namespace}`,
    since: null,
    confidence: 'likely',
    object: { kind: 'ServiceMonitor', namespace: null, name: 'prometheus-kubevirt-rules' },
    evidence: [
      {
        text: found.length > 0 ? `${found.join(', ')} selects others` : 'there is none',
        source: 'servicemonitors with label prometheus.kubevirt.io in all namespaces',
      },
    ],
    command: 'kubectl get servicemonitors -A -l prometheus.kubevirt.io',
  };
}

function covers({ spec, metadata }: ServiceMonitor, namespace: string, service: Service | null | undefined): boolean {
  const names = list(spec?.namespaceSelector?.matchNames);
  const isNear = names.length > 0 ? names.includes(namespace) : metadata?.namespace === namespace;
  const labels = Object.entries(spec?.selector?.matchLabels ?? {});
  const isMeant = !service || labels.every(([key, value]) => service.metadata?.labels?.[key] === value);
  return isMeant && (spec?.namespaceSelector?.any === true || isNear);
}
