import type { ActionKinds } from '../kind.ts';
import { createPriorityClass } from './create-priorityclass.ts';
import { createServiceAccount } from './create-serviceaccount.ts';
import { deleteFinishedPods } from './delete-finished-pods.ts';
import { forceDeletePod } from './force-delete-pod.ts';
import { ignoreWebhook } from './ignore-webhook.ts';
import { nudgeDeployment } from './nudge-deployment.ts';
import { nudgeReplicaSet } from './nudge-replicaset.ts';
import { raiseQuota } from './raise-quota.ts';
import { relabelPodSecurity } from './relabel-pod-security.ts';
import { removeMemoryLimit } from './remove-memory-limit.ts';
import { removeTaint } from './remove-taint.ts';
import { restartPod } from './restart-pod.ts';
import { resumeRollout } from './resume-rollout.ts';
import { rollBack } from './roll-back.ts';
import { scaleUp } from './scale-up.ts';
import { uncordon } from './uncordon.ts';

/** One kind for every action name; a missing one does not compile. */
export const ACTIONS: ActionKinds = {
  'scale-up': scaleUp,
  'resume-rollout': resumeRollout,
  'roll-back': rollBack,
  'nudge-replicaset': nudgeReplicaSet,
  'nudge-deployment': nudgeDeployment,
  'restart-pod': restartPod,
  'force-delete-pod': forceDeletePod,
  'delete-finished-pods': deleteFinishedPods,
  uncordon,
  'remove-taint': removeTaint,
  'create-serviceaccount': createServiceAccount,
  'create-priorityclass': createPriorityClass,
  'relabel-pod-security': relabelPodSecurity,
  'raise-quota': raiseQuota,
  'remove-memory-limit': removeMemoryLimit,
  'ignore-webhook': ignoreWebhook,
};
