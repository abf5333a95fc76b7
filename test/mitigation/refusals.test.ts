import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { abortReason } from '../../src/mitigation/abort.ts';
import { ACTIONS } from '../../src/mitigation/actions/index.ts';
import { contextOf } from '../../src/mitigation/context.ts';
import type { Action, ActionName } from '../../src/model/action.ts';
import type { Evidence, Reads } from '../../src/model/evidence.ts';
import type { Finding } from '../../src/model/finding.ts';
import { fixtureEvidence } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('refusals');

/** Changes what was read, in place. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into objects of every kind.
type Change = (value: any) => void;

/** What an action plans on a recorded cluster after something in it was changed. */
async function planned(
  fixture: string,
  action: ActionName,
  changes: { [Key in keyof Reads]?: Change | 'absent' } = {},
): Promise<string> {
  const evidence = await fixtureEvidence(fixture);
  const [cause] = operatorReport(evidence).causes;
  assert.ok(cause);
  const reads = structuredClone(evidence.reads) as Record<string, { status: string; value?: unknown }>;
  for (const [key, change] of Object.entries(changes)) {
    if (change === 'absent') reads[key] = { status: 'absent' };
    else change(reads[key]?.value);
  }
  const changed = { ...evidence, reads: reads as unknown as Reads };
  const plan = ACTIONS[action].plan(contextOf(changed, cause as Finding));
  return typeof plan === 'string' ? plan : plan.map(({ title }: Action) => title).join('; ');
}

test('a taint that a controller sets is never removed', async () => {
  const nodes: Change = (all) => {
    for (const { spec } of all) {
      for (const taint of spec.taints) if (taint.key === 'dedicated') taint.key = 'node.kubernetes.io/disk-pressure';
    }
  };
  assert.is(
    await planned('taint-untolerated-custom', 'remove-taint', { nodes }),
    'no node that may run virt-operator has such a taint',
  );
});

test("KubeVirt's own webhooks are never switched off, by their name or by whom they call", async () => {
  const byName: Change = ([{ webhooks }]) => {
    webhooks[0].name = 'validate.policy.example.com';
    webhooks.push({ name: 'kubevirt-validator.kubevirt.io' });
  };
  const byService: Change = ([{ webhooks }]) => {
    webhooks.push({
      name: 'other',
      clientConfig: { service: { namespace: 'kubevirt', name: 'kubevirt-operator-webhook' } },
    });
  };
  for (const webhooks of [byName, byService]) {
    assert.match(await planned('webhook-unreachable', 'ignore-webhook', { webhooks }), /^it is KubeVirt's own webhook/);
  }
});

test('a webhook that is answered is left alone', async () => {
  const webhookEndpoints: Change = (slices) => {
    const labels = { 'kubernetes.io/service-name': 'lease-guard' };
    slices.push({ metadata: { namespace: 'guard-system', labels }, endpoints: [{ conditions: { ready: true } }] });
  };
  const webhookServices: Change = (services) => {
    services.push({ metadata: { namespace: 'guard-system', name: 'lease-guard' } });
  };
  const said = await planned('webhook-blocks-control-plane', 'ignore-webhook', { webhookEndpoints, webhookServices });
  assert.match(said, /^every webhook of lease-guard seems to be answered$/);
});

test('nothing is rolled back to another version of KubeVirt than the installed one, or to one that is not known', async () => {
  const newer: Change = ([{ status }]) => {
    status.observedKubeVirtVersion = 'v1.8.0';
  };
  const unknown: Change = ([kubevirt]) => {
    kubevirt.status = {};
  };
  const first: Change = (all) => all.splice(0, all.length - 1);
  const rollBack = (changes: Parameters<typeof planned>[2]) => planned('degraded-rollout', 'roll-back', changes);
  assert.is(await rollBack({ kubevirts: newer }), 'no earlier revision runs KubeVirt v1.8.0, which is installed');
  assert.match(await rollBack({ kubevirts: unknown }), /^the version of KubeVirt that is installed is not known/);
  assert.match(await rollBack({ replicaSets: first }), /^there is no earlier revision|^no earlier revision/);
});

test('a ServiceAccount alone does not help where its role binding is gone too, unless OLM makes bindings of its own', async () => {
  const gone = { operatorClusterRoleBinding: 'absent' } as const;
  assert.match(
    await planned('serviceaccount-missing', 'create-serviceaccount', gone),
    /^its ClusterRoleBinding kubevirt-operator is missing too/,
  );
  const deployment: Change = ({ metadata }) => {
    metadata.ownerReferences = [{ kind: 'ClusterServiceVersion', name: 'kubevirt.v1.7.0' }];
  };
  assert.match(
    await planned('serviceaccount-missing', 'create-serviceaccount', { ...gone, deployment }),
    /^Create ServiceAccount/,
  );
});

test("only KubeVirt's own PriorityClass has a value that is known", async () => {
  const deployment: Change = ({ spec }) => {
    spec.template.spec.priorityClassName = 'ours';
  };
  assert.match(
    await planned('priorityclass-missing', 'create-priorityclass', { deployment }),
    /^PriorityClass ours is not/,
  );
});

test('a memory limit of unknown origin is left to a person', async () => {
  const limitRanges: Change = (all) => {
    all[0].spec.limits[0].default.memory = '1Gi';
  };
  const said = await planned('oom-killed-limit', 'remove-memory-limit', { limitRanges });
  assert.match(said, /^neither the Deployment nor the default of a LimitRange sets it/);
});

test('one that the Deployment sets is removed there', async () => {
  const deployment: Change = ({ spec }) => {
    spec.template.spec.containers[0].resources.limits = { memory: '512Mi' };
  };
  assert.is(
    await planned('oom-killed-limit', 'remove-memory-limit', { deployment }),
    'Remove the memory limit of 512Mi from Deployment virt-operator',
  );
});

test('a pod whose node exists is never force-deleted', async () => {
  const nodeOverview: Change = (overview) => {
    for (const name of ['cp-0', 'cp-1', 'cp-2']) overview.nodes.push({ name, status: 'Ready', roles: '' });
  };
  assert.match(
    await planned('node-deleted', 'force-delete-pod', { nodeOverview }),
    /^every pod of virt-operator is on a node/,
  );
});

const aborts: [fixture: string, action: ActionName, words: RegExp | null, change?: (evidence: Evidence) => void][] = [
  ['deployment-scaled-to-zero', 'scale-up', null],
  ['kubevirt-cr-deleting', 'uncordon', /^KubeVirt kubevirt is being deleted/],
  ['namespace-terminating', 'scale-up', /^namespace kubevirt is being deleted|^KubeVirt kubevirt is being deleted/],
  ['autoscaler-to-zero', 'scale-up', /^ScaledObject virt-operator sets the replicas/],
  ['autoscaler-to-zero', 'uncordon', null],
  ['deployment-deleting', 'scale-up', /is being deleted$/],
];
for (const [fixture, action, words] of aborts) {
  test(`${fixture}: ${action} is ${words ? 'held' : 'not held'}`, async () => {
    const said = abortReason(await fixtureEvidence(fixture), action);
    if (words) assert.match(said ?? '', words);
    else assert.is(said, null);
  });
}

test('scaling up gives back as many replicas as the event says, whichever way it words it', async () => {
  for (const words of ['from 5 to 0', 'to 0 from 5']) {
    const events: Change = (all) => {
      for (const event of all) {
        if (event.reason === 'ScalingReplicaSet') event.message = `Scaled down replica set virt-operator-1 ${words}`;
      }
    };
    assert.match(await planned('deployment-scaled-to-zero', 'scale-up', { events }), /from 0 to 5 replicas/, words);
  }
});

test.run();
