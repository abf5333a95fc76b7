import type { Pod } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isControlledBy } from '../meta/reference.ts';
import { isFinished } from '../pod/pod.ts';
import { operatorOf } from './operator.ts';

/**
 * The pods of older templates that are being deleted and that a Deployment with strategy Recreate waits for: it makes none of the present
 * template before they have finished or are gone (Kubernetes 1.36 pkg/controller/deployment/recreate.go oldPodsRunning).
 */
export function awaitedPods(seen: Parameters<typeof operatorOf>[0]): Pod[] {
  const { deployment, replicaSets, current, uncreated } = operatorOf(seen);
  if (deployment?.spec?.strategy?.type !== 'Recreate' || uncreated === 0) return [];
  const older = replicaSets.filter((one) => one !== current);
  return list(seen.pods).filter(
    (pod) => !!pod.metadata?.deletionTimestamp && !isFinished(pod) && older.some((one) => isControlledBy(pod, one)),
  );
}
