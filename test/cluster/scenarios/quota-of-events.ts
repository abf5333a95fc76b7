import process from 'node:process';
import { read } from '../api.ts';
import { restartWithPlugin } from '../control-plane.ts';
import { kubectl, waitUntil } from '../kubectl.ts';
import { loseOperatorPods } from '../operator.ts';
import { start } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

interface Failing {
  items: { status: { conditions?: { type: string }[] } }[];
}

/** Something that uses up all events which the API server takes, one each second. */
const NOISE = `import { request } from 'node:http';
const involvedObject = { kind: 'Pod', namespace: 'kubevirt', name: 'backup-agent' };
const event = { metadata: { generateName: 'noise-', namespace: 'kubevirt' }, involvedObject, reason: 'Retried', type: 'Normal' };
const path = '/api/v1/namespaces/kubevirt/events';
const headers = { 'Content-Type': 'application/json' };
setInterval(() => {
  const asked = request({ socketPath: 'run/api.sock', method: 'POST', path, headers }, (answer) => answer.resume());
  asked.on('error', () => undefined);
  asked.end(JSON.stringify(event));
}, 10);`;

/** The API server takes no more events, so that only a condition tells why no pod is created. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'priorityclass-missing' },
  async break(cluster) {
    const limits = [{ type: 'Namespace', qps: 1, burst: 1 }];
    const eventRateLimit = { apiVersion: 'eventratelimit.admission.k8s.io/v1alpha1', kind: 'Configuration', limits };
    await restartWithPlugin(cluster, 'EventRateLimit', eventRateLimit);
    start(cluster, 'noise', process.execPath, ['--input-type=module', '--eval', NOISE]);
    await kubectl(cluster, ['delete', 'priorityclass', 'kubevirt-cluster-critical']);
    await loseOperatorPods(cluster);
    await waitUntil('a ReplicaSet says that it cannot create pods', 60, async () => {
      const path = '/apis/apps/v1/namespaces/kubevirt/replicasets?labelSelector=kubevirt.io%3Dvirt-operator';
      const sets = await read<Failing>(cluster, path);
      return !!sets?.items.some(({ status }) => status.conditions?.some(({ type }) => type === 'ReplicaFailure'));
    });
  },
} satisfies Scenario;
