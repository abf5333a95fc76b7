import type { CertificateClock, Component, OperatorReport, Verdict } from '../model/report.ts';
import type { Operator } from '../objects/operator.ts';

/** What only a leading virt-operator does (KubeVirt v1.9 pkg/virt-operator/kubevirt.go syncInstallation). */
const LEADER_WORK = ['installs and upgrades', 'repair of KubeVirt components', 'certificate rotation'];
/** Its webhooks for the KubeVirt resource fail closed and need any Ready pod (pkg/virt-operator/resource/generate/components/webhooks.go). */
const WEBHOOK_WORK = 'every change of the KubeVirt resource';

/** What an outage touches; `vmis` is null when they could not be counted. */
export interface Touched {
  vmis: number | null;
  components: Component[];
  certificates: CertificateClock | null;
}

/** What stands still and what goes on, and until when. */
export function impactOf(verdict: Verdict, operator: Operator, touched: Touched): OperatorReport['impact'] {
  const { vmis, components, certificates } = touched;
  const stalled = verdict === 'down' ? [...LEADER_WORK, ...(operator.ready.length === 0 ? [WEBHOOK_WORK] : [])] : [];
  return { summary: summary(verdict, vmis), runningVmis: vmis, stalled, components, certificates };
}

function summary(verdict: Verdict, vmis: number | null): string {
  switch (verdict) {
    case 'healthy':
      return 'none';
    case 'degraded':
      return 'none yet: an operator leads, but with less in reserve';
    case 'down':
      return machines(vmis);
    case 'incomplete':
      return 'not known';
    case 'notInstalled':
      return 'no KubeVirt, no virtual machines';
  }
}

function machines(vmis: number | null): string {
  if (vmis === null) return 'virtual machines that run keep running';
  if (vmis === 0) return 'no virtual machine is affected: the cluster has none';
  return `${vmis} running virtual ${vmis === 1 ? 'machine keeps' : 'machines keep'} running`;
}
