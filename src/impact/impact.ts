import type { CertificateClock, Component, OperatorReport, Verdict } from '../model/report.ts';
import type { Operator } from '../objects/operator/operator.ts';

/** What only a leading virt-operator does (KubeVirt v1.9 pkg/virt-operator/kubevirt.go syncInstallation). */
const LEADER_WORK = ['installs and upgrades', 'repair of KubeVirt components', 'certificate rotation'];
/** Its webhooks for the KubeVirt resource fail closed and need any Ready pod (pkg/virt-operator/resource/generate/components/webhooks.go). */
const WEBHOOK_WORK = 'every change of the KubeVirt resource';

/** What an outage touches; `vmis` is null when they could not be counted. */
export interface Touched {
  vmis: number | null;
  components: Component[];
  certificates: CertificateClock | null;
  /** Whether the API server does not serve the KubeVirt resource: then a leader has nothing to act on. */
  isUnserved: boolean;
}

/** What stands still and what goes on, and until when. */
export function impactOf(verdict: Verdict, operator: Operator, touched: Touched): OperatorReport['impact'] {
  const { vmis, components, certificates, isUnserved } = touched;
  const isShort = operator.ready.length + operator.unread.ready < (operator.desired ?? 0);
  const works = verdict !== 'down' && !isUnserved;
  const isRefused = operator.ready.length + operator.unread.ready === 0 || isUnserved;
  const stalled = works ? [] : [...LEADER_WORK, ...(isRefused ? [WEBHOOK_WORK] : [])];
  return {
    summary: works ? summary(verdict, isShort) : machines(vmis),
    runningVmis: vmis,
    stalled,
    components,
    certificates,
  };
}

/** What it does to others while the leader can do its work. */
function summary(verdict: Exclude<Verdict, 'down'>, isShort: boolean): string {
  switch (verdict) {
    case 'healthy':
      return 'none';
    case 'degraded':
      return `none yet: an operator leads${isShort ? ', but with less in reserve' : ''}`;
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
