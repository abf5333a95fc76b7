import { readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { manualSteps } from '../../src/commands/repair/manual-steps.ts';
import { ACTIONS } from '../../src/mitigation/actions/index.ts';
import { afterChange } from '../../src/mitigation/apply-patch.ts';
import { diffLines, diffTitle } from '../../src/mitigation/diff.ts';
import { manualRepair } from '../../src/mitigation/manual.ts';
import { forewarned } from '../../src/mitigation/obstacles.ts';
import { isActionName, type Plan, planFor, planNamed } from '../../src/mitigation/plan.ts';
import { ACTION_NAMES, type Action, type ActionName } from '../../src/model/action.ts';
import type { Finding } from '../../src/model/finding.ts';
import { operatorPod } from '../helpers/cluster.ts';
import { fixtureEvidence, fixturePath } from '../helpers/fixture.ts';
import { matchesGolden } from '../helpers/golden.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, installed, patched, pendingPod, unreadyPod, without } from '../rules/outage.ts';

const test = suite('actions');

/** A recorded cluster for each action that its own rule suggests, and for those that must be named. */
const SUGGESTED: [fixture: string, action: ActionName][] = [
  ['deployment-scaled-to-zero', 'scale-up'],
  ['deployment-paused', 'resume-rollout'],
  ['degraded-rollout', 'roll-back'],
  ['replicaset-backoff', 'nudge-replicaset'],
  ['rs-create-gave-up', 'nudge-deployment'],
  ['no-leader', 'restart-pod'],
  ['node-deleted', 'force-delete-pod'],
  ['cordoned', 'uncordon'],
  ['taint-untolerated-custom', 'remove-taint'],
  ['serviceaccount-missing', 'create-serviceaccount'],
  ['priorityclass-missing', 'create-priorityclass'],
  ['podsecurity-denied', 'relabel-pod-security'],
  ['quota-exceeded', 'raise-quota'],
  ['oom-killed-limit', 'remove-memory-limit'],
];
const NAMED: [fixture: string, action: ActionName][] = [
  ['webhook-unreachable', 'ignore-webhook'],
  ['webhook-blocks-control-plane', 'ignore-webhook'],
  ['kubelet-admission-rejected', 'delete-finished-pods'],
];

for (const [fixture, action] of SUGGESTED) {
  test(`${fixture} is mended by ${action}`, async () => {
    const evidence = await fixtureEvidence(fixture);
    const [cause] = operatorReport(evidence).causes;
    assert.ok(cause);
    const plan = planFor(evidence, cause);
    assert.is(plan.kind === 'automatic' && plan.action, action, JSON.stringify(plan));
    matchesGolden(golden(fixture), shown(plan));
  });
}

for (const [fixture, action] of NAMED) {
  test(`${fixture} is mended by ${action} only when that is named`, async () => {
    const evidence = await fixtureEvidence(fixture);
    const { causes, findings } = operatorReport(evidence);
    const [cause] = causes;
    assert.ok(cause);
    const plan = planFor(evidence, cause);
    assert.ok(plan.kind === 'manual' && plan.lastResort.includes(action), JSON.stringify(plan));
    const named = planNamed(action, evidence, [...causes, ...findings]);
    assert.type(named, 'object', String(named));
    matchesGolden(golden(fixture), shown(named as Plan));
  });
}

test('every action has a recorded cluster', () => {
  const proved = [...SUGGESTED, ...NAMED].map(([, action]) => action);
  assert.equal([...new Set(proved)].sort(), [...ACTION_NAMES].sort());
});

test('what a rule calls automatic is an action, on every recorded cluster', async () => {
  for (const name of readdirSync(fixturePath('.', ''))) {
    const { causes, findings } = operatorReport(await fixtureEvidence(name));
    for (const { code, mitigation } of [...causes, ...findings]) {
      if (mitigation?.automatic) assert.ok(isActionName(mitigation.action), `${name}: ${code} ${mitigation.action}`);
    }
  }
});

test('while KubeVirt is being deleted every plan is held, whatever its cause', async () => {
  const evidence = await fixtureEvidence('kubevirt-cr-deleting');
  for (const cause of operatorReport(evidence).causes) {
    const plan = planFor(evidence, cause);
    assert.is(plan.kind, 'held');
    const { manual, reason } = manualRepair(plan as Extract<Plan, { kind: 'held' }>, evidence, manualSteps(cause));
    assert.match(manual[1] ?? '', /should stay: do not start the operator/);
    assert.match(reason ?? '', 'is being deleted');
  }
});

test('steps for a person: what to bear in mind stands before a command that changes something', async () => {
  const terminating = await firstCause('namespace-terminating');
  const image = await firstCause('image-dns');
  assert.match(manualSteps(terminating)[0] ?? '', /^A terminating namespace cannot be revived/);
  assert.match(manualSteps(terminating)[1] ?? '', /^kubectl /);
  assert.match(manualSteps(image)[0] ?? '', /^kubectl describe node/);
});

test('no action may touch a Secret, a finalizer or KubeVirt itself, or delete more than a pod', async () => {
  for (const [fixture, action] of [...SUGGESTED, ...NAMED]) {
    const evidence = await fixtureEvidence(fixture);
    const { causes, findings } = operatorReport(evidence);
    const plan = planNamed(action, evidence, [...causes, ...findings]);
    for (const step of stepsOf(plan)) {
      assert.not.match(
        `${step.request.path} ${JSON.stringify(step.request.body)}`,
        /secrets|finalizers|kubevirt\.io\/v1/,
      );
      if (step.request.method === 'DELETE') assert.match(step.request.path, /\/pods\/[^/]+$/);
    }
  }
});

test('an action says what it is without a cluster', () => {
  for (const name of ACTION_NAMES) {
    const { summary, rights } = ACTIONS[name];
    assert.match(summary, /^[A-Z].*[^.]$/);
    assert.ok(rights.length > 0, name);
  }
});

async function firstCause(fixture: string): Promise<Finding> {
  const [cause] = operatorReport(await fixtureEvidence(fixture)).causes;
  assert.ok(cause);
  return cause as Finding;
}

function golden(fixture: string): string {
  return new URL(`golden/${fixture}.txt`, import.meta.url).pathname;
}

const stale = { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } };

test('the pod that is deleted is the one that the report names, not one on a dead node', async () => {
  const dead = { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } };
  const silent = patched(patched(installed(), 'Lease/virt-operator', stale), 'Node/cp-1', dead);
  const pods = [operatorPod('virt-operator-1-b', 'cp-0'), unreadyPod('virt-operator-1-a', {}, 'cp-1')];
  const evidence = await evidenceOf([...without(silent, 'Pod'), ...pods]);
  const cause = operatorReport(evidence).causes.find(({ code }) => code === 'no-leader');
  assert.ok(cause);
  const [step] = stepsOf(planFor(evidence, cause));
  assert.is(step?.command, cause.mitigation?.command);
  assert.is(step?.target.name, 'virt-operator-1-b');
  assert.equal(step?.cautions, ['No other operator pod is ready meanwhile.']);
});

test('who deletes a pod is told what would keep another from taking its place', async () => {
  const evidence = await evidenceOf(without(patched(installed(), 'Lease/virt-operator', stale), 'PriorityClass'));
  const report = operatorReport(evidence);
  const [cause] = report.causes;
  assert.ok(cause);
  const plan = planFor(evidence, cause);
  const [step] = plan.kind === 'automatic' ? forewarned(plan, { evidence, report }) : [];
  assert.equal(step?.cautions, [
    'Mend this first, or no other pod takes its place: PriorityClass kubevirt-cluster-critical does not exist.',
  ]);
});

test('who deletes a pod while others find no node is told so', async () => {
  const cordon = { spec: { unschedulable: true } };
  const pods = [operatorPod('virt-operator-1-a', 'cp-0'), pendingPod('virt-operator-1-b')];
  const lost = patched([...without(installed(), 'Pod'), ...pods], 'Lease/virt-operator', stale);
  const evidence = await evidenceOf(patched(patched(lost, 'Node/cp-0', cordon), 'Node/cp-1', cordon));
  const cause = operatorReport(evidence).causes.find(({ code }) => code === 'no-leader');
  assert.ok(cause);
  assert.match(stepsOf(planFor(evidence, cause))[0]?.cautions.join(' ') ?? '', 'mend that first');
});

function stepsOf(plan: Plan | string): Action[] {
  return typeof plan !== 'string' && plan.kind === 'automatic' ? plan.steps : [];
}

/** All that a person is shown of a plan, and the requests. */
function shown(plan: Plan): string {
  return stepsOf(plan).map(stepText).join('\n');
}

function stepText(step: Action): string {
  const { title, before, request, target, risk, cautions, precondition, rights, undo, command } = step;
  const diff = diffLines(before, afterChange(before, request));
  return [
    `${title} (risk: ${risk})`,
    `only if ${precondition}`,
    ...cautions.map((caution) => `! ${caution}`),
    `rights: ${rights.map(({ verb, resource, namespace, name }) => `${verb} ${resource} ${namespace}/${name}`).join(', ')}`,
    `undo: ${undo.possible ? 'possible' : undo.why}`,
    `--- ${diffTitle(target)}`,
    ...diff.map(({ sign, text }) => `${sign}${text}`),
    `$ ${command}`,
    `${request.method} ${request.path} (${request.contentType})`,
    JSON.stringify(request.body, null, 1),
    '',
  ].join('\n');
}

test.run();
