import type { Lease } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { ageSeconds, millis } from '../meta/time.ts';
import { type LeaseState, leaseState, renewedAt } from '../operator/lease.ts';

/** Certificates of one installation expire within a minute of each other. */
const TOGETHER_MS = 60_000;
/** How long a kubelet's lease lasts (Kubernetes 1.36 pkg/kubelet/apis/config/v1beta1/defaults.go NodeLeaseDurationSeconds). */
const KUBELET_SECONDS = 40;

/** The clients of the API server that stopped at one time, while others went on. */
interface CommonStop {
  manager: LeaseState;
  scheduler: LeaseState;
  /** Names of the nodes whose kubelets stopped then too. */
  kubelets: string[];
  /** When the last of the two controllers stopped, in milliseconds since 1970. */
  time: number;
}

interface Leases {
  readonly controllerManagerLease: Lease | null;
  readonly schedulerLease: Lease | null;
  readonly operatorLease: Lease | null;
  readonly nodeLeases?: readonly Lease[] | null | undefined;
  readonly readAt: string;
}

/** null where kube-controller-manager and kube-scheduler did not stop within one minute, or where nobody wrote a lease after that. */
export function commonStop(seen: Leases): CommonStop | null {
  const manager = leaseState(seen.controllerManagerLease, seen.readAt);
  const scheduler = leaseState(seen.schedulerLease, seen.readAt);
  const times = [manager, scheduler].map(({ renewTime }) => millis(renewTime) ?? Number.NaN);
  const [first, time] = [Math.min(...times), Math.max(...times)];
  const stopped = [manager, scheduler].every(({ holder, dead }) => holder !== null && dead);
  if (!stopped || !(time - first <= TOGETHER_MS)) return null;
  const renewed = (lease: Lease) => millis(renewedAt(lease)) ?? 0;
  const others = list([seen.operatorLease, ...list(seen.nodeLeases)]);
  if (!others.some((lease) => renewed(lease) > time + TOGETHER_MS)) return null;
  const kubelets = list(seen.nodeLeases)
    .filter((lease) => Math.abs(renewed(lease) - time) <= TOGETHER_MS)
    .filter((lease) => (ageSeconds(seen.readAt, renewedAt(lease)) ?? 0) > KUBELET_SECONDS)
    .map(nameOf);
  return { manager, scheduler, kubelets, time };
}
