import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { type OperatorPod, operatorPods, readyCount, startOperator, stopOperator } from './operator.ts';
import { runs } from './processes.ts';

/**
 * Does from now on what kubelets do with the operator's containers: one of the Ready pods gets a real virt-operator process, which ends
 * with its pod. Pods in `dead` never get one. Returns how to stop that.
 */
export function keepOperatorAlive(cluster: Cluster, dead: readonly string[]): () => Promise<void> {
  const end = new AbortController();
  let pod: string | null = null;
  const step = async () => {
    const pods = (await operatorPods(cluster)).filter(({ metadata }) => !dead.includes(metadata.uid));
    const alive = pods.some(({ metadata }) => metadata.name === pod);
    if (pod !== null && !alive) {
      await stopOperator(cluster);
      pod = null;
    }
    const [ready] = pods.filter(isReady);
    if (runs(cluster, 'virt-operator') || !ready) return;
    pod = ready.metadata.name;
    await startOperator(cluster, pod);
  };
  const loop = async () => {
    while (!end.signal.aborted) {
      // An API server that is away for a moment is no reason to stop.
      await step().catch(() => undefined);
      await pause(500, undefined, { signal: end.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return () => {
    end.abort();
    return running;
  };
}

function isReady(pod: OperatorPod): boolean {
  return pod.status.phase === 'Running' && readyCount([pod]) === 1;
}
