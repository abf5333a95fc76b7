import type { Evidence, EvidenceValues } from '../../model/evidence.ts';
import type { Deployment, KubernetesObject } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';

interface Remains {
  readonly target: Pick<Evidence, 'namespace' | 'foundBy'>;
  readonly kubevirtCrd?: KubernetesObject | null | undefined;
  readonly kubevirts?: EvidenceValues['kubevirts'] | null | undefined;
  readonly operatorWebhook?: EvidenceValues['operatorWebhook'] | null | undefined;
  readonly serviceAccount?: KubernetesObject | null | undefined;
  readonly operatorLease?: KubernetesObject | null | undefined;
  readonly priorityClass?: KubernetesObject | null | undefined;
}

/**
 * What an installation of KubeVirt leaves behind when its operator is gone, each as one phrase.
 * With `-n` only what belongs to that namespace counts: KubeVirt may well live in another one.
 */
export function tracesOf(seen: Remains): string[] {
  const { namespace, foundBy } = seen.target;
  const served = list(seen.operatorWebhook?.webhooks).map((one) => one.clientConfig?.service?.namespace);
  const webhook = served.length > 0 && (namespace === null || served.includes(namespace));
  return [
    ...list(seen.kubevirts).map((one) => `KubeVirt ${one.metadata?.namespace ?? ''}/${nameOf(one)} exists`),
    ...(webhook ? [`ValidatingWebhookConfiguration ${nameOf(seen.operatorWebhook)} exists`] : []),
    ...(seen.serviceAccount ? [`ServiceAccount ${nameOf(seen.serviceAccount)} exists`] : []),
    ...(seen.operatorLease ? [`Lease ${nameOf(seen.operatorLease)} exists`] : []),
    ...(seen.kubevirtCrd && foundBy !== 'flag' ? [`CustomResourceDefinition ${nameOf(seen.kubevirtCrd)} exists`] : []),
    ...(seen.priorityClass && foundBy !== 'flag' ? [`PriorityClass ${nameOf(seen.priorityClass)} exists`] : []),
  ];
}

/** KubeVirt's version (`v1.7.0`) from the operator's environment or image tag, else from what it wrote before; null when nothing says. */
export function kubevirtVersion(
  seen: Pick<Remains, 'kubevirts' | 'operatorWebhook'> & { deployment?: Deployment | null | undefined },
): string | null {
  const container = list(seen.deployment?.spec?.template?.spec?.containers)[0];
  const env = list(container?.env).find((one) => one.name === 'KUBEVIRT_VERSION')?.value;
  const tag = /:(v?\d+\.\d+\.\d+[^@/]*)(?:@|$)/.exec(container?.image ?? '')?.[1];
  const status = list(seen.kubevirts)[0]?.status;
  const written = seen.operatorWebhook?.metadata?.annotations?.['kubevirt.io/install-strategy-version'];
  return env || tag || status?.operatorVersion || status?.observedKubeVirtVersion || written || null;
}

/** The line that installs the operator again in the version that was there. */
export function reinstallCommand(version: string | null): string {
  return shell`kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/${version ?? 'VERSION'}/kubevirt-operator.yaml`;
}

/** With the operator the KubeVirt resource went, too; without it the operator installs nothing. */
export function reinstallSteps(version: string | null): string[] {
  const unknown =
    'Find the version that was installed, for VERSION in the next lines: it stands in the tags of these images.';
  const images = "kubectl get pods -A -l kubevirt.io -o jsonpath='{.items[*].spec.containers[*].image}'";
  return [
    ...(version ? [] : [images, unknown]),
    'Install the operator in the same version; another would be an upgrade or a downgrade:',
    reinstallCommand(version),
    'Apply the KubeVirt resource that was there, from your repository or backup. Only where it had no settings of its own:',
    shell`kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/${version ?? 'VERSION'}/kubevirt-cr.yaml`,
  ];
}
