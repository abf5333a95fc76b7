import type { ObjectReference } from '../../model/finding.ts';
import type { Deployment, Pod } from '../../model/kubernetes.ts';
import type { PodWebhook, Webhook } from '../creation/webhook.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';

/** Each of these pods anew, one after the other: kubectl waits until the one before is gone. */
export function deletePods(pods: readonly Pod[]): string[] {
  return pods.map((pod) => shell`kubectl -n ${pod.metadata?.namespace} delete pod ${nameOf(pod)}`);
}

/** More nodes than these are not looked at one by one. */
const MOST_NODES = 3;

/** What runs on each of these nodes. */
export function podsOn(nodes: readonly string[]): string[] {
  return nodes
    .slice(0, MOST_NODES)
    .map((node) => shell`kubectl get pods -A -o wide --field-selector spec.nodeName=${node}`);
}

export function describeNodes(nodes: readonly string[]): string[] {
  return nodes.slice(0, MOST_NODES).map((node) => shell`kubectl describe node ${node}`);
}

/** The nodes of these pods, each once. */
export function nodesUnder(pods: readonly Pod[]): string[] {
  return [...new Set(pods.flatMap((pod) => pod.spec?.nodeName || []))].sort();
}

/**
 * A change of the pod template, which a roll-out follows. It is a strategic merge patch: containers and mounts are found by their key, and
 * null takes a field away (Kubernetes 1.36 staging/src/k8s.io/api/core/v1/types.go, patchMergeKey).
 */
export function patchTemplate(deployment: Deployment | null, spec: object): string {
  const patch = JSON.stringify({ spec: { template: { spec } } });
  return shell`kubectl -n ${deployment?.metadata?.namespace} patch deployment ${nameOf(deployment)} -p ${patch}`;
}

/** The Deployment's template without this volume; null where it has none of that name. */
export function withoutVolume(deployment: Deployment | null, volume: string | null | undefined): string | null {
  const spec = deployment?.spec?.template?.spec;
  if (!volume || !list(spec?.volumes).some(({ name }) => name === volume)) return null;
  const containers = list(spec?.containers).flatMap(({ name, volumeMounts }) => {
    const mounts = list(volumeMounts).filter((mount) => mount.name === volume);
    return mounts.length > 0
      ? [{ name, volumeMounts: mounts.map(({ mountPath }) => ({ mountPath, $patch: 'delete' })) }]
      : [];
  });
  const volumes = [{ name: volume, $patch: 'delete' }];
  return patchTemplate(deployment, containers.length > 0 ? { volumes, containers } : { volumes });
}

/** What a person reads where no one line is known. */
export function lookAtTemplate(deployment: Deployment | null): string {
  return shell`kubectl -n ${deployment?.metadata?.namespace} get deployment ${nameOf(deployment)} -o yaml`;
}

/** Service meshes that put containers into pods, and what keeps them out of a namespace (istio.io and linkerd.io documentation). */
const MESHES: readonly [RegExp, (namespace: string) => string][] = [
  [/^istio-/, (namespace) => shell`kubectl label namespace ${namespace} istio-injection=disabled --overwrite`],
  [/^linkerd-/, (namespace) => shell`kubectl annotate namespace ${namespace} linkerd.io/inject=disabled --overwrite`],
];

/** Keeps a container that is not KubeVirt's out of the operator's pods. */
export function outOfPods(container: string, pods: readonly Pod[]): string[] {
  const namespace = pods[0]?.metadata?.namespace ?? '';
  const off = MESHES.find(([name]) => name.test(container))?.[1]?.(namespace);
  const turn = `The operator needs no ${container}: ${off ? 'keep it out of the namespace, and replace the pods one by one' : 'find what puts it into the pods, leave the namespace out there, and replace the pods one by one'}:`;
  return [turn, off ?? 'kubectl get mutatingwebhookconfigurations', ...deletePods(pods)];
}

/** Leaves a namespace out of what a webhook is asked about, and keeps the rest of its selector. */
export function exceptNamespace({ configuration, webhook }: PodWebhook, namespace: string): string {
  const not = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [namespace] };
  const matchExpressions = [...list(webhook.namespaceSelector?.matchExpressions), not];
  const patch = JSON.stringify({ webhooks: [{ name: webhook.name, namespaceSelector: { matchExpressions } }] });
  const kind = (configuration.kind ?? 'ValidatingWebhookConfiguration').toLowerCase();
  return shell`kubectl patch ${kind} ${nameOf(configuration)} -p ${patch}`;
}

/** A part of the control plane, as kubeadm runs it; whoever hosts the control plane repairs it elsewhere. */
export function repairComponent(name: string): string[] {
  return [
    `kubectl -n kube-system get pods -l component=${name} -o wide`,
    `kubectl -n kube-system logs -l component=${name} --tail=50 --prefix`,
    `Repair ${name} on the control-plane nodes: /etc/kubernetes/manifests/${name}.yaml and journalctl -u kubelet there. No such pods: whoever hosts the control plane has to.`,
  ];
}

/** Who answers, or does not, at the Service that a webhook calls. */
export function webhookSteps(object: ObjectReference, webhook: Webhook | null): string[] {
  const { namespace, name } = webhook?.clientConfig?.service ?? {};
  return [
    shell`kubectl get ${object.kind.toLowerCase()} ${object.name} -o yaml`,
    ...(namespace && name
      ? [
          shell`kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name}`,
          shell`kubectl -n ${namespace} get pods -o wide`,
          `Repair the pods behind Service ${name} in namespace ${namespace}.`,
        ]
      : ['Repair what answers at its clientConfig.']),
  ];
}

/** What a probe that fails says of the container. */
export function probeSteps(log: string, pod: Pod, words: readonly { text: string }[], slow: boolean): string[] {
  const node = pod.spec?.nodeName;
  const refused = words.some(({ text }) => /connection refused/.test(text));
  return [
    log,
    ...(slow || !refused
      ? [
          `Where it does not answer in time, it gets too little processor time on node ${node ?? ''}:`,
          shell`kubectl top node ${node}`,
          shell`kubectl -n ${pod.metadata?.namespace} top pod ${nameOf(pod)}`,
        ]
      : []),
    ...(slow ? [] : ['Where the connection is refused, the process does not listen, and its log says why.']),
  ];
}
