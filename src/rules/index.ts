// Generated from the files of this folder by `npm run generate`: do not edit.
import type { Rule } from '../model/rule.ts';
import controllerManagerDown from './controller-manager-down.ts';
import cordoned from './cordoned.ts';
import crashApiUnreachable from './crash-api-unreachable.ts';
import crashRbac from './crash-rbac.ts';
import deploymentMissing from './deployment-missing.ts';
import deploymentPaused from './deployment-paused.ts';
import deploymentScaledToZero from './deployment-scaled-to-zero.ts';
import imageNotFound from './image-not-found.ts';
import imageUnauthorized from './image-unauthorized.ts';
import insufficientMemory from './insufficient-memory.ts';
import kubevirtNotInstalled from './kubevirt-not-installed.ts';
import limitrangeDefaultBelowRequest from './limitrange-default-below-request.ts';
import limitrangeViolation from './limitrange-violation.ts';
import namespaceMissing from './namespace-missing.ts';
import namespaceTerminating from './namespace-terminating.ts';
import noControlPlaneNode from './no-control-plane-node.ts';
import noLeader from './no-leader.ts';
import nodeKubeletStopped from './node-kubelet-stopped.ts';
import oomKilledLimit from './oom-killed-limit.ts';
import podsecurityDenied from './podsecurity-denied.ts';
import priorityclassMissing from './priorityclass-missing.ts';
import quotaExceeded from './quota-exceeded.ts';
import schedulerDown from './scheduler-down.ts';
import serviceaccountMissing from './serviceaccount-missing.ts';
import taintUntoleratedCustom from './taint-untolerated-custom.ts';
import webhookUnreachable from './webhook-unreachable.ts';

/** Every rule, in the order of their codes; the order decides nothing. */
export const rules: readonly Rule[] = [
  controllerManagerDown,
  cordoned,
  crashApiUnreachable,
  crashRbac,
  deploymentMissing,
  deploymentPaused,
  deploymentScaledToZero,
  imageNotFound,
  imageUnauthorized,
  insufficientMemory,
  kubevirtNotInstalled,
  limitrangeDefaultBelowRequest,
  limitrangeViolation,
  namespaceMissing,
  namespaceTerminating,
  noControlPlaneNode,
  noLeader,
  nodeKubeletStopped,
  oomKilledLimit,
  podsecurityDenied,
  priorityclassMissing,
  quotaExceeded,
  schedulerDown,
  serviceaccountMissing,
  taintUntoleratedCustom,
  webhookUnreachable,
];
