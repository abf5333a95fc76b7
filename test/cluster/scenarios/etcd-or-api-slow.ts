import process from 'node:process';
import { run } from '../cluster.ts';
import { waitForStaleLease } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** What etcd does by itself when its database reaches its quota: it refuses all writes. */
const RAISE_ALARM = `await fetch('http://127.0.0.1:2379/v3/maintenance/alarm', {
  method: 'POST',
  body: JSON.stringify({ action: 'ACTIVATE', alarm: 'NOSPACE' }),
});`;

/** etcd has no space left: the API server answers reads and refuses writes. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'etcd-or-api-slow' },
  waits: 55,
  async break(cluster) {
    const done = await run(cluster, process.execPath, ['--input-type=module', '--eval', RAISE_ALARM]);
    if (done.code !== 0) throw new Error(`etcd took no alarm: ${done.stderr}`);
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 50);
    await waitForStaleLease(cluster, 'kube-system', 'kube-scheduler', 50);
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
  },
} satisfies Scenario;
