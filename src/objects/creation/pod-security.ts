import type { PodTemplate } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';

type PodSpec = NonNullable<PodTemplate['spec']>;
type Container = NonNullable<NonNullable<PodSpec['containers']>[number]>;

/** What the restricted level lets a pod mount (Kubernetes 1.36 pod-security-admission/policy/check_restrictedVolumes.go). */
const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/**
 * Whether pods of a template plainly satisfy the pod security level (Kubernetes 1.36 pod-security-admission/policy/check_*.go). Where a
 * field may be allowed only under conditions that are not looked at, the answer is no.
 */
export function meetsLevel(template: PodTemplate | null | undefined, level: string): boolean {
  const spec = template?.spec;
  if (!spec || (level !== 'baseline' && level !== 'restricted')) return false;
  const containers = [...list(spec.containers), ...list(spec.initContainers)];
  const isBaseline = hasNothingOfHost(spec) && containers.every((one) => isUnprivileged(one));
  return isBaseline && (level === 'baseline' || isRestricted(spec, containers));
}

function hasNothingOfHost(spec: PodSpec): boolean {
  const { hostNetwork, hostPID, hostIPC, securityContext } = spec;
  const isOwn = !hostNetwork && !hostPID && !hostIPC && !securityContext?.windowsOptions?.hostProcess;
  const isPlain = list(securityContext?.sysctls).length === 0 && isConfined(securityContext);
  return isOwn && isPlain && list(spec.volumes).every((one) => !one.hostPath);
}

function isUnprivileged({ ports, securityContext }: Container): boolean {
  const { privileged, capabilities, procMount } = securityContext ?? {};
  return (
    !privileged &&
    (procMount ?? 'Default') === 'Default' &&
    isConfined(securityContext) &&
    list(capabilities?.add).length === 0 &&
    list(ports).every((one) => !one.hostPort)
  );
}

function isConfined(context: PodSpec['securityContext'] | Container['securityContext']): boolean {
  const { seLinuxOptions, seccompProfile, appArmorProfile } = context ?? {};
  return !seLinuxOptions && [seccompProfile, appArmorProfile].every((one) => one?.type !== 'Unconfined');
}

function isRestricted(spec: PodSpec, containers: readonly Container[]): boolean {
  const pod = spec.securityContext;
  const isAllowed = (name: string) => name === 'name' || VOLUMES.includes(name);
  return (
    list(spec.volumes).every((one) => Object.keys(one).every(isAllowed)) &&
    containers.every(({ securityContext: own }) => {
      const profile = own?.seccompProfile?.type ?? pod?.seccompProfile?.type ?? '';
      return (
        own?.allowPrivilegeEscalation === false &&
        list(own.capabilities?.drop).includes('ALL') &&
        (own.runAsNonRoot ?? pod?.runAsNonRoot) === true &&
        (own.runAsUser ?? pod?.runAsUser) !== 0 &&
        ['RuntimeDefault', 'Localhost'].includes(profile)
      );
    })
  );
}
