import { breakNewPods, WITHOUT_SANDBOX } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes 1.36 pkg/controller/volume/attachdetach/reconciler/reconciler.go. */
const WORDS =
  'Multi-Attach error for volume "pvc-5b0b7bd6-0f6e-4b0a-9d6c-2f3f5a7f6c11" Volume is already used by pod(s) backup-0';

/** Somebody gave the operator a disk, and another node holds it. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'volume-attach-failed' },
  async break(cluster) {
    await breakNewPods(cluster, { report: WITHOUT_SANDBOX, events: [['FailedAttachVolume', WORDS]] });
  },
} satisfies Scenario;
