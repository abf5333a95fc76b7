import type { NetworkPolicy, Pod } from '../../model/kubernetes.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';

type Spec = NonNullable<NetworkPolicy['spec']>;
type Ingress = NonNullable<NonNullable<Spec['ingress']>[number]>;
type Egress = NonNullable<NonNullable<Spec['egress']>[number]>;
type Port = NonNullable<NonNullable<Ingress['ports']>[number]>;
type Policies = readonly NetworkPolicy[] | null | undefined;

const DNS = 53;

/** The policies that together leave a TCP port of a pod open to nobody; none where one of them opens it to somebody. */
export function closingIngress(policies: Policies, pod: Pod, port: number): NetworkPolicy[] {
  const selecting = list(policies).filter((policy) => selects(policy, pod) && restricts(policy, 'Ingress'));
  const rules = selecting.flatMap((policy) => list<Ingress>(policy.spec?.ingress));
  return rules.some((rule) => covers(rule.ports, pod, port)) ? [] : selecting;
}

/**
 * The policies that together keep a pod from the API server, as far as they tell: no rule of them admits more than DNS or other
 * pods. Where they admit other pods, some networks count the API server among these: `sure` is false then.
 */
export function closingEgress(policies: Policies, pod: Pod): { policies: NetworkPolicy[]; sure: boolean } {
  const selecting = list(policies).filter((policy) => selects(policy, pod) && restricts(policy, 'Egress'));
  const rules = selecting.flatMap((policy) => list<Egress>(policy.spec?.egress)).filter((rule) => !isOnlyDns(rule));
  return { policies: rules.some(mayReachServer) ? [] : selecting, sure: rules.length === 0 };
}

function selects({ spec }: NetworkPolicy, pod: Pod): boolean {
  return matchesSelector(spec?.podSelector, pod.metadata?.labels);
}

/** Without types a policy is about ingress, and about egress if it has such rules (Kubernetes 1.36 staging/src/k8s.io/api/networking/v1/types.go). */
function restricts({ spec }: NetworkPolicy, type: 'Ingress' | 'Egress'): boolean {
  const types = list(spec?.policyTypes);
  if (types.length > 0) return types.includes(type);
  return type === 'Ingress' || list(spec?.egress).length > 0;
}

/** Without ports a rule is about all of them. A named port is the pod's own. */
function covers(ports: Ingress['ports'], pod: Pod, wanted: number): boolean {
  const all = list<Port>(ports);
  return all.length === 0 || all.some((one) => (one.protocol ?? 'TCP') === 'TCP' && isPort(one, pod, wanted));
}

function isPort({ port, endPort }: Port, pod: Pod, wanted: number): boolean {
  if (port === null || port === undefined) return true;
  const number = typeof port === 'number' ? port : portNamed(pod, String(port));
  if (number === null) return false;
  return number === wanted || (typeof endPort === 'number' && number <= wanted && wanted <= endPort);
}

function portNamed(pod: Pod, name: string): number | null {
  const ports = list(pod.spec?.containers).flatMap((container) => list(container.ports));
  const found = ports.find((one) => one.name === name)?.containerPort;
  return typeof found === 'number' ? found : null;
}

function isOnlyDns({ ports }: Egress): boolean {
  const all = list<Port>(ports);
  return all.length > 0 && all.every((one) => Number(one.port) === DNS || one.port === 'dns');
}

/** The API server has an address and is mostly no pod of the cluster's network. */
function mayReachServer({ to }: Egress): boolean {
  const peers = list(to);
  return peers.length === 0 || peers.some((one) => one.ipBlock);
}
