import { patch } from '../kubectl.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

const SCHEDULER = 'kube-scheduler';
const AHEAD_MS = 180_000;

/** A scheduler whose machine is three minutes ahead: what it wrote last is what the API server has of it. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await stop(cluster, SCHEDULER, 'SIGKILL');
    const renewTime = new Date(Date.now() + AHEAD_MS).toISOString().replace('Z', '000Z');
    await patch(cluster, ['lease', SCHEDULER, '--namespace=kube-system'], { spec: { renewTime } });
  },
} satisfies Scenario;
