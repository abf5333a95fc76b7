import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import type { Look } from '../../src/mitigation/hands.ts';
import { mitigate } from '../../src/mitigation/mitigate.ts';
import { inOrder, nothingReplaces, obstacleFirst } from '../../src/mitigation/obstacles.ts';
import { type Automatic, type Plan, planFor } from '../../src/mitigation/plan.ts';
import type { Finding } from '../../src/model/finding.ts';
import { fixtureEvidence } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, installed, patched } from '../rules/outage.ts';
import { fakeCluster, wishes } from './fake-cluster.ts';

const test = suite('obstacles');
const STALE = { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } };

async function recorded(fixture: string): Promise<Look> {
  const evidence = await fixtureEvidence(fixture);
  return { evidence, report: operatorReport(evidence) };
}

/** What is done for the first cause, and in its place. */
function planned(look: Look): { plan: Automatic; first: Plan } {
  const [plan] = inOrder(plansOf(look), look);
  if (!plan) throw new Error('nothing automatic');
  return { plan, first: obstacleFirst(plan, look) };
}

function plansOf({ evidence, report }: Look): Plan[] {
  return report.causes.map((cause) => planFor(evidence, cause));
}

function actionOf(plan: Plan): string {
  return plan.kind === 'automatic' ? plan.action : plan.kind;
}

function withNext(look: Look, code: string, action: string | null): Look {
  const [cause] = look.report.causes;
  const mitigation = action && { action, automatic: true, command: '' };
  const obstacle = { ...cause, code, confidence: 'certain', next: true, mitigation } as Finding;
  return { ...look, report: { ...look.report, findings: [obstacle] } };
}

for (const [fixture, cause, action] of [
  ['no-leader-quota', 'restart-pod', 'raise-quota'],
  ['next-restart-and-cordoned', 'restart-pod', 'uncordon'],
] as const) {
  test(`${fixture}: ${action} comes before ${cause}, and says why`, async () => {
    const { plan, first } = planned(await recorded(fixture));
    assert.equal([actionOf(plan), actionOf(first)], [cause, action]);
    const before = first.kind === 'automatic' ? first.before : '';
    assert.ok(before?.startsWith(`fix this first: it would stop the pods that come with ${cause}, which mends "`));
  });
}

test('nodes are uncordoned for the pods that are to come, also while all pods are Ready', async () => {
  const cordon = { spec: { unschedulable: true } };
  const lost = patched(installed(), 'Lease/virt-operator', STALE);
  const evidence = await evidenceOf(patched(patched(lost, 'Node/cp-0', cordon), 'Node/cp-1', cordon));
  assert.is(actionOf(planned({ evidence, report: operatorReport(evidence) }).first), 'uncordon');
});

test('while a person must mend the obstacle, no pod is deleted unless that is asked for by name', async () => {
  const look = withNext(await recorded('no-leader'), 'no-nodes', null);
  const { first } = planned(look);
  assert.is(first.kind === 'manual' && first.finding.code, 'no-nodes');
  assert.match((first.kind === 'manual' && first.why) || '', 'mend this first: restart-pod, which mends');
  assert.equal(first.kind === 'manual' && first.lastResort, ['restart-pod']);
  const possible = { ...look.report, findings: look.report.findings.map((one) => ({ ...one, confidence: 'likely' })) };
  assert.is(actionOf(planned({ ...look, report: possible as Look['report'] }).first), 'restart-pod');
});

test('a pod whose node is gone is not kept for what the next one lacks', async () => {
  const look = await recorded('node-deleted');
  assert.ok(look.report.findings.some(({ next }) => next));
  assert.is(nothingReplaces(planned(look).plan, look), null);
  assert.is(actionOf(planned(look).first), 'force-delete-pod');
});

test('a roll-back to pods that are all there, and what brings no pods, wait for nothing', async () => {
  for (const [fixture, action] of [
    ['degraded-rollout', 'roll-back'],
    ['priorityclass-missing', 'create-priorityclass'],
  ] as const) {
    const look = withNext(await recorded(fixture), 'no-nodes', 'nudge-replicaset');
    assert.is(actionOf(planned(look).first), action);
  }
});

test('of several causes, those whose repair deletes no pod come first', async () => {
  const [look, other] = [await recorded('no-leader'), await recorded('priorityclass-missing')];
  const order = inOrder([...plansOf(look), ...plansOf(other)], look);
  assert.equal(order.map(actionOf), ['create-priorityclass', 'restart-pod']);
});

test('a pod that nothing would replace is deleted by name only, after a second yes, and never with --yes', async () => {
  const look = await recorded('no-leader-quota');
  const cluster = fakeCluster({ answers: ['y', 'n'] });
  const hands = { ...cluster.hands, look: async () => look };
  const asked = { action: 'restart-pod', manualSteps: () => [] } as const;
  const [refused] = (await mitigate(asked, hands, wishes({ yes: true }))).repairs;
  assert.is(refused?.outcome, 'refused');
  assert.match(refused?.reason ?? '', /is deleted: ResourceQuota .* kubectl virtop mitigate, without a name/);
  assert.equal(cluster.questions, []);
  const [declined] = (await mitigate(asked, hands, wishes())).repairs;
  assert.is(declined?.outcome, 'notConfirmed');
  assert.match(cluster.questions[1] ?? '', /^No other pod .* Are you sure/);
  assert.equal(cluster.writes, []);
});

test.run();
