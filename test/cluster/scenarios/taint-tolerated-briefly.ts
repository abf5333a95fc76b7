import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForOperatorEvents } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const TOLERATION = { key: 'maintenance', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 6 };
const PATCH = JSON.stringify([{ op: 'add', path: '/spec/template/spec/tolerations/-', value: TOLERATION }]);

/** Somebody let the pods tolerate a taint for seconds, and put it on all nodes that may run them: they come, and are deleted, for ever. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'taint-tolerated-briefly' },
  async break(cluster) {
    await kubectl(cluster, ['patch', 'deployment', 'virt-operator', IN_KUBEVIRT, '--type=json', `--patch=${PATCH}`]);
    await kubectl(cluster, ['taint', 'nodes', ...CONTROL_PLANE_NODES, 'maintenance=soon:NoExecute']);
    await waitForOperatorEvents(cluster, 'TaintManagerEviction', 4);
  },
} satisfies Scenario;
