import { OPERATOR_IMAGE } from './build.ts';
import type { Cluster } from './cluster.ts';
import { type OperatorDeployment, reinstallOperator } from './deployment.ts';
import { waitUntil } from './kubectl.ts';
import { keepFromGettingReady, restartKubelets, writeStage } from './kubelet.ts';
import { kubeletEvents } from './kubelet-events.ts';
import { loseOperatorPods, operatorPods } from './operator.ts';

/** Stands for the time at which the kubelet reports. */
const NOW = '@NOW@';

/** What a kubelet says of a pod, as far as scenarios care. */
export interface PodReport {
  phase: 'Pending' | 'Running';
  /** Whether the pod has its sandbox and network; so unless said otherwise. */
  sandbox?: boolean;
  containers: ContainerReport[];
  initContainers?: ContainerReport[];
  /** Why it is not Ready, where that is not its containers. */
  ready?: { reason: string; message: string };
}

export interface ContainerReport {
  name?: string;
  image?: string;
  ready?: boolean;
  started?: boolean;
  restartCount?: number;
  state: object;
  lastState?: object;
}

/** What breaks: what the kubelets report of the operator's new pods, the events they send about each, and how the Deployment was changed. */
export interface BrokenPods {
  report: PodReport;
  events?: readonly [reason: string, message: string][];
  change?: (deployment: OperatorDeployment) => void;
}

/** Replaces the operator's pods by new ones, of which the kubelets report this; returns when they did. */
export async function breakNewPods(cluster: Cluster, { report, events, change }: BrokenPods): Promise<void> {
  writeStage(cluster, 'operator-pod-reported.yaml', { STATUS: statusTemplate(report) });
  keepFromGettingReady(cluster, {
    key: '.metadata.labels["kubevirt.io"]',
    operator: 'NotIn',
    values: ['virt-operator'],
  });
  await restartKubelets(cluster);
  const old = (await operatorPods(cluster)).map(({ metadata }) => metadata.uid);
  await (change ? reinstallOperator(cluster, change) : loseOperatorPods(cluster));
  await waitUntil('the kubelets report of two new pods', 120, async () => {
    const pods = await operatorPods(cluster);
    const isReported = (pod: (typeof pods)[number]) =>
      !old.includes(pod.metadata.uid) && pod.status.conditions?.some(({ type }) => type === 'ContainersReady') === true;
    return pods.length === 2 && pods.every(isReported);
  });
  await kubeletEvents(cluster, events ?? []);
}

function statusTemplate(report: PodReport): string {
  const { phase, containers, initContainers, sandbox = true } = report;
  const unready = containers.filter(({ ready }) => ready !== true).map(({ name }) => name ?? 'virt-operator');
  const message = `containers with unready status: [${unready.join(' ')}]`;
  const waits = unready.length > 0 ? { reason: 'ContainersNotReady', message } : null;
  const status = {
    phase,
    startTime: NOW,
    conditions: [
      condition('PodReadyToStartContainers', sandbox),
      condition('Initialized', initContainers === undefined),
      condition('Ready', false, report.ready ?? waits),
      condition('ContainersReady', waits === null, waits),
    ],
    containerStatuses: containers.map(containerStatus),
    ...(initContainers && { initContainerStatuses: initContainers.map(containerStatus) }),
  };
  return JSON.stringify(status).replaceAll(JSON.stringify(NOW), '{{ Now | Quote }}');
}

function condition(type: string, isTrue: boolean, why: { reason: string; message: string } | null = null): object {
  return { type, status: isTrue ? 'True' : 'False', ...(isTrue ? null : why), lastTransitionTime: NOW };
}

function containerStatus(report: ContainerReport): object {
  const { name = 'virt-operator', image = OPERATOR_IMAGE, ready = false, started = false, ...rest } = report;
  return { name, image, imageID: '', ready, started, restartCount: 0, lastState: {}, ...rest };
}

/** The only container waits, for this reason. */
export function waiting(reason: string, message = '', image = OPERATOR_IMAGE): PodReport {
  return { phase: 'Pending', containers: [{ image, state: { waiting: { reason, message } } }] };
}

/** The kubelet has not made the pod's sandbox. */
export const WITHOUT_SANDBOX: PodReport = {
  phase: 'Pending',
  sandbox: false,
  containers: [{ state: { waiting: { reason: 'ContainerCreating' } } }],
};

/** A container that has just been started. */
export const RUNNING = { running: { startedAt: NOW } };
