import { get, kubectl, waitUntil } from '../kubectl.ts';
import type { Scenario } from '../scenario.ts';
import terminating from './namespace-terminating.ts';

/** The namespace was deleted, and its finalizers were taken away by force when that hung. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'namespace-missing' },
  async break(cluster) {
    await terminating.break(cluster);
    const namespace = await get<{ metadata: object }>(cluster, ['namespace', 'kubevirt']);
    // Its controller writes it too: without the version it cannot be in the way.
    const metadata = { ...namespace?.metadata, resourceVersion: undefined };
    const finalized = JSON.stringify({ ...namespace, metadata, spec: { finalizers: [] } });
    await kubectl(cluster, ['replace', '--raw=/api/v1/namespaces/kubevirt/finalize', '--filename=-'], finalized);
    await waitUntil('the namespace is gone', 120, async () => {
      return (await get(cluster, ['namespace', 'kubevirt'])) === null;
    });
  },
} satisfies Scenario;
