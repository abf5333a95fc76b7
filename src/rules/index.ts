// Generated from the files of this folder by `npm run generate`: do not edit.
import type { Rule } from '../model/rule.ts';
import activeDeadline from './active-deadline.ts';
import aggregatedApiDown from './aggregated-api-down.ts';
import alertKsmDown from './alert-ksm-down.ts';
import alertNotYetResolved from './alert-not-yet-resolved.ts';
import alertScrapeBroken from './alert-scrape-broken.ts';
import allCandidatesDown from './all-candidates-down.ts';
import apiVersionSkew from './api-version-skew.ts';
import autoscalerToZero from './autoscaler-to-zero.ts';
import bothReplicasOnOneNode from './both-replicas-on-one-node.ts';
import clockSkew from './clock-skew.ts';
import configMissingRef from './config-missing-ref.ts';
import configRunAsNonroot from './config-run-as-nonroot.ts';
import controllerManagerDown from './controller-manager-down.ts';
import controllerRbacBroken from './controller-rbac-broken.ts';
import cordoned from './cordoned.ts';
import cpuStarved from './cpu-starved.ts';
import crashApiUnreachable from './crash-api-unreachable.ts';
import crashPanic from './crash-panic.ts';
import crashRbac from './crash-rbac.ts';
import crashUnexplained from './crash-unexplained.ts';
import createContainerError from './create-container-error.ts';
import deploymentDeleting from './deployment-deleting.ts';
import deploymentMissing from './deployment-missing.ts';
import deploymentPaused from './deployment-paused.ts';
import deploymentScaledToZero from './deployment-scaled-to-zero.ts';
import etcdFullOrSlowCreate from './etcd-full-or-slow-create.ts';
import etcdOrApiSlow from './etcd-or-api-slow.ts';
import evictedByApi from './evicted-by-api.ts';
import execFormatError from './exec-format-error.ts';
import execNotFound from './exec-not-found.ts';
import execPermissionDenied from './exec-permission-denied.ts';
import exit137Kill from './exit-137-kill.ts';
import exit143Term from './exit-143-term.ts';
import exit0Restart from './exit0-restart.ts';
import expiredControlPlaneCerts from './expired-control-plane-certs.ts';
import gcLag from './gc-lag.ts';
import gitopsOrHelmManaged from './gitops-or-helm-managed.ts';
import hookFailed from './hook-failed.ts';
import hostPortConflict from './host-port-conflict.ts';
import imageArchMismatch from './image-arch-mismatch.ts';
import imageDiskFull from './image-disk-full.ts';
import imageDns from './image-dns.ts';
import imageInspectError from './image-inspect-error.ts';
import imageNameInvalid from './image-name-invalid.ts';
import imageNetwork from './image-network.ts';
import imageNeverPull from './image-never-pull.ts';
import imageNotFound from './image-not-found.ts';
import imagePullFailed from './image-pull-failed.ts';
import imagePullSlow from './image-pull-slow.ts';
import imageRateLimited from './image-rate-limited.ts';
import imageSignature from './image-signature.ts';
import imageTls from './image-tls.ts';
import imageUnauthorized from './image-unauthorized.ts';
import imagepolicyDenied from './imagepolicy-denied.ts';
import informersNeverSync from './informers-never-sync.ts';
import initContainerBlocked from './init-container-blocked.ts';
import installStrategyPodMasks from './install-strategy-pod-masks.ts';
import insufficientMemory from './insufficient-memory.ts';
import kubeletAdmissionRejected from './kubelet-admission-rejected.ts';
import kubeletNotActing from './kubelet-not-acting.ts';
import kubeletPreempted from './kubelet-preempted.ts';
import kubeletUnreachableForLogs from './kubelet-unreachable-for-logs.ts';
import kubevirtCrDeleting from './kubevirt-cr-deleting.ts';
import kubevirtCrWebhookDeadlock from './kubevirt-cr-webhook-deadlock.ts';
import kubevirtCrdBroken from './kubevirt-crd-broken.ts';
import kubevirtCrdMissing from './kubevirt-crd-missing.ts';
import kubevirtNotInstalled from './kubevirt-not-installed.ts';
import kubevirtResourceMissing from './kubevirt-resource-missing.ts';
import labelDrift from './label-drift.ts';
import leaderElectionLost from './leader-election-lost.ts';
import limitrangeDefaultBelowRequest from './limitrange-default-below-request.ts';
import limitrangeViolation from './limitrange-violation.ts';
import livenessFailing from './liveness-failing.ts';
import manyReplicas from './many-replicas.ts';
import missingImageEnv from './missing-image-env.ts';
import multipleKubevirt from './multiple-kubevirt.ts';
import namespaceMissing from './namespace-missing.ts';
import namespaceTerminating from './namespace-terminating.ts';
import networkNotReady from './network-not-ready.ts';
import networkpolicyBlocks from './networkpolicy-blocks.ts';
import noAlertRules from './no-alert-rules.ts';
import noControlPlaneNode from './no-control-plane-node.ts';
import noLeader from './no-leader.ts';
import noNodeForNewPods from './no-node-for-new-pods.ts';
import noNodes from './no-nodes.ts';
import nodeDeleted from './node-deleted.ts';
import nodeKubeletStopped from './node-kubelet-stopped.ts';
import nodeLeaseStaleButReady from './node-lease-stale-but-ready.ts';
import nodeNetworkUnavailable from './node-network-unavailable.ts';
import nodePressure from './node-pressure.ts';
import nodeRuntimeOrCniNotready from './node-runtime-or-cni-notready.ts';
import nodeSelectorMismatch from './node-selector-mismatch.ts';
import nodeShutdown from './node-shutdown.ts';
import observedGenerationLag from './observed-generation-lag.ts';
import oldAlertName from './old-alert-name.ts';
import olmManaged from './olm-managed.ts';
import oomKilledLimit from './oom-killed-limit.ts';
import oomNode from './oom-node.ts';
import operatorDuplicated from './operator-duplicated.ts';
import orphanedReplicaset from './orphaned-replicaset.ts';
import podAntiAffinity from './pod-anti-affinity.ts';
import podChurn from './pod-churn.ts';
import podInvalid from './pod-invalid.ts';
import podNameCollision from './pod-name-collision.ts';
import podRefused from './pod-refused.ts';
import podStuckTerminatingFinalizer from './pod-stuck-terminating-finalizer.ts';
import podStuckTerminatingOnDeadNode from './pod-stuck-terminating-on-dead-node.ts';
import podnodeselectorConflict from './podnodeselector-conflict.ts';
import podsecurityDenied from './podsecurity-denied.ts';
import preempted from './preempted.ts';
import priorityclassMissing from './priorityclass-missing.ts';
import progressDeadlineExceeded from './progress-deadline-exceeded.ts';
import pullSecretMissing from './pull-secret-missing.ts';
import quotaExceeded from './quota-exceeded.ts';
import quotaMustSpecify from './quota-must-specify.ts';
import quotaOfEvents from './quota-of-events.ts';
import quotaStatusUnknown from './quota-status-unknown.ts';
import readinessFailing from './readiness-failing.ts';
import readinessGate from './readiness-gate.ts';
import recreateWaitsForPods from './recreate-waits-for-pods.ts';
import replicasetBackoff from './replicaset-backoff.ts';
import rolloutBrokenAndOldLost from './rollout-broken-and-old-lost.ts';
import rsCreateError from './rs-create-error.ts';
import rsCreateGaveUp from './rs-create-gave-up.ts';
import runningNotReady from './running-not-ready.ts';
import runtimeclassMissing from './runtimeclass-missing.ts';
import sandboxCniFailed from './sandbox-cni-failed.ts';
import sandboxPauseImage from './sandbox-pause-image.ts';
import sandboxRuntime from './sandbox-runtime.ts';
import sccDenied from './scc-denied.ts';
import schedulerBehind from './scheduler-behind.ts';
import schedulerDown from './scheduler-down.ts';
import schedulerError from './scheduler-error.ts';
import schedulingGated from './scheduling-gated.ts';
import secondDeployment from './second-deployment.ts';
import selectorImmutable from './selector-immutable.ts';
import serviceaccountMissing from './serviceaccount-missing.ts';
import servingCertBroken from './serving-cert-broken.ts';
import sidecarNotReady from './sidecar-not-ready.ts';
import singleReplica from './single-replica.ts';
import startupMiscFatal from './startup-misc-fatal.ts';
import startupProbeFailing from './startup-probe-failing.ts';
import taintNotReady from './taint-not-ready.ts';
import taintPressure from './taint-pressure.ts';
import taintToleratedBriefly from './taint-tolerated-briefly.ts';
import taintUntoleratedCustom from './taint-untolerated-custom.ts';
import tooManyPods from './too-many-pods.ts';
import topologySpread from './topology-spread.ts';
import unknownSchedulerName from './unknown-scheduler-name.ts';
import vapDenied from './vap-denied.ts';
import volumeAttachFailed from './volume-attach-failed.ts';
import volumeBinding from './volume-binding.ts';
import volumeMountFailed from './volume-mount-failed.ts';
import webhookBlocksControlPlane from './webhook-blocks-control-plane.ts';
import webhookDenied from './webhook-denied.ts';
import webhookUnreachable from './webhook-unreachable.ts';

/** Every rule, in the order of their codes; the order decides nothing. */
export const rules: readonly Rule[] = [
  activeDeadline,
  aggregatedApiDown,
  alertKsmDown,
  alertNotYetResolved,
  alertScrapeBroken,
  allCandidatesDown,
  apiVersionSkew,
  autoscalerToZero,
  bothReplicasOnOneNode,
  clockSkew,
  configMissingRef,
  configRunAsNonroot,
  controllerManagerDown,
  controllerRbacBroken,
  cordoned,
  cpuStarved,
  crashApiUnreachable,
  crashPanic,
  crashRbac,
  crashUnexplained,
  createContainerError,
  deploymentDeleting,
  deploymentMissing,
  deploymentPaused,
  deploymentScaledToZero,
  etcdFullOrSlowCreate,
  etcdOrApiSlow,
  evictedByApi,
  execFormatError,
  execNotFound,
  execPermissionDenied,
  exit137Kill,
  exit143Term,
  exit0Restart,
  expiredControlPlaneCerts,
  gcLag,
  gitopsOrHelmManaged,
  hookFailed,
  hostPortConflict,
  imageArchMismatch,
  imageDiskFull,
  imageDns,
  imageInspectError,
  imageNameInvalid,
  imageNetwork,
  imageNeverPull,
  imageNotFound,
  imagePullFailed,
  imagePullSlow,
  imageRateLimited,
  imageSignature,
  imageTls,
  imageUnauthorized,
  imagepolicyDenied,
  informersNeverSync,
  initContainerBlocked,
  installStrategyPodMasks,
  insufficientMemory,
  kubeletAdmissionRejected,
  kubeletNotActing,
  kubeletPreempted,
  kubeletUnreachableForLogs,
  kubevirtCrDeleting,
  kubevirtCrWebhookDeadlock,
  kubevirtCrdBroken,
  kubevirtCrdMissing,
  kubevirtNotInstalled,
  kubevirtResourceMissing,
  labelDrift,
  leaderElectionLost,
  limitrangeDefaultBelowRequest,
  limitrangeViolation,
  livenessFailing,
  manyReplicas,
  missingImageEnv,
  multipleKubevirt,
  namespaceMissing,
  namespaceTerminating,
  networkNotReady,
  networkpolicyBlocks,
  noAlertRules,
  noControlPlaneNode,
  noLeader,
  noNodeForNewPods,
  noNodes,
  nodeDeleted,
  nodeKubeletStopped,
  nodeLeaseStaleButReady,
  nodeNetworkUnavailable,
  nodePressure,
  nodeRuntimeOrCniNotready,
  nodeSelectorMismatch,
  nodeShutdown,
  observedGenerationLag,
  oldAlertName,
  olmManaged,
  oomKilledLimit,
  oomNode,
  operatorDuplicated,
  orphanedReplicaset,
  podAntiAffinity,
  podChurn,
  podInvalid,
  podNameCollision,
  podRefused,
  podStuckTerminatingFinalizer,
  podStuckTerminatingOnDeadNode,
  podnodeselectorConflict,
  podsecurityDenied,
  preempted,
  priorityclassMissing,
  progressDeadlineExceeded,
  pullSecretMissing,
  quotaExceeded,
  quotaMustSpecify,
  quotaOfEvents,
  quotaStatusUnknown,
  readinessFailing,
  readinessGate,
  recreateWaitsForPods,
  replicasetBackoff,
  rolloutBrokenAndOldLost,
  rsCreateError,
  rsCreateGaveUp,
  runningNotReady,
  runtimeclassMissing,
  sandboxCniFailed,
  sandboxPauseImage,
  sandboxRuntime,
  sccDenied,
  schedulerBehind,
  schedulerDown,
  schedulerError,
  schedulingGated,
  secondDeployment,
  selectorImmutable,
  serviceaccountMissing,
  servingCertBroken,
  sidecarNotReady,
  singleReplica,
  startupMiscFatal,
  startupProbeFailing,
  taintNotReady,
  taintPressure,
  taintToleratedBriefly,
  taintUntoleratedCustom,
  tooManyPods,
  topologySpread,
  unknownSchedulerName,
  vapDenied,
  volumeAttachFailed,
  volumeBinding,
  volumeMountFailed,
  webhookBlocksControlPlane,
  webhookDenied,
  webhookUnreachable,
];
