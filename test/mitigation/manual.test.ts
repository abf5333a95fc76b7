import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { manualSteps } from '../../src/commands/repair/manual-steps.ts';
import { manualRepair } from '../../src/mitigation/manual.ts';
import { planFor } from '../../src/mitigation/plan.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { fixtureEvidence, fixtureNames } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('what is left to a person');

/** What a person must do about the causes of a cluster that `mitigate` does not mend. */
function stepsOf(evidence: Evidence): string[][] {
  return operatorReport(evidence).causes.flatMap((cause) => {
    const plan = planFor(evidence, cause);
    return plan.kind === 'automatic' ? [] : [manualRepair(plan, evidence, manualSteps(cause)).manual];
  });
}

/** What only that person knows. */
const SECRETS = /=(?:USER|PASSWORD)\b/g;
/** A word that `explain` uses in place of a name. */
const PLACEHOLDER = /\b(?:NAMESPACE|POD|NODE|NAME|IMAGE|CONTAINER|VERSION|DEPLOYMENT|REPLICASET|KIND|KEY|VALUE)\b/;

/** The same cluster, with names that a shell would take apart. */
function hostile(evidence: Evidence): Evidence {
  const names =
    /\b(cp-\d|virt-operator-copy|virt-operator-(?=[a-z\d]{8})|team-quota|container-limits|istio-proxy|proxy-(?=ca|settings))/g;
  return JSON.parse(JSON.stringify(evidence).replace(names, "$1';id;$(id)`id`&"));
}

/** Every command that a person is shown. */
function commandsOf(evidence: Evidence): string[] {
  const { causes, findings } = operatorReport(evidence);
  const automatic = causes.map((cause) => planFor(evidence, cause)).filter((plan) => plan.kind === 'automatic');
  return [
    ...[...causes, ...findings].flatMap(({ mitigation }) => mitigation?.command.split('\n') ?? []),
    ...automatic.flatMap(({ steps }) => steps.map(({ command }) => command)),
    ...stepsOf(evidence).flat(),
  ].filter((text) => text.startsWith('kubectl '));
}

/** What quotes leave open to the shell; without the time, and the ways in which our own lines go on. */
function open(line: string): string {
  return line
    .replace(/'[^']*'|\\'/g, '')
    .replace('"$(date +%s)"', '')
    .replace(/ && kubectl | \| grep [\w-]+$| > [a-z]+\.yaml$/, '');
}

for (const fixture of fixtureNames()) {
  test(`${fixture}: every command has this cluster's names, and the last one looks again`, async () => {
    const evidence = await fixtureEvidence(fixture);
    for (const steps of stepsOf(evidence)) {
      assert.match(steps.at(-1) ?? '', /^kubectl virtop (?:status|describe)$/);
      assert.is(new Set(steps).size, steps.length, steps.join('\n'));
      for (const command of steps.filter((text) => text.startsWith('kubectl '))) {
        assert.not.match(command.replace(SECRETS, ''), PLACEHOLDER);
        assert.not.match(command.replaceAll(/:null\b/g, ''), /undefined|null\b|<|-n (?:-|$)/);
      }
    }
    for (const command of commandsOf(hostile(evidence))) assert.not.match(open(command), /[;&`$"'|<(){}\n]/, command);
  });
}

test('after a refusal the ReplicaSet is made to try again', async () => {
  for (const fixture of ['vap-denied', 'webhook-denied', 'pod-invalid']) {
    const [steps] = stepsOf(await fixtureEvidence(fixture));
    assert.match(steps?.at(-2) ?? '', /^kubectl -n kubevirt annotate replicaset virt-operator-\w+ virtop\.io\/nudge=/);
  }
  const [elsewhere] = stepsOf(await fixtureEvidence('insufficient-memory'));
  assert.not.match(elsewhere?.join('\n') ?? '', 'nudge');
});

test('what KubeVirt never had is taken out of the Deployment by one line', async () => {
  const [steps] = stepsOf(await fixtureEvidence('volume-binding'));
  const patch = JSON.parse(/ -p '(.*)'$/.exec(steps?.[2] ?? '')?.[1] ?? '');
  assert.equal(patch.spec.template.spec, {
    volumes: [{ name: 'dumps', $patch: 'delete' }],
    containers: [{ name: 'virt-operator', volumeMounts: [{ mountPath: '/var/dumps', $patch: 'delete' }] }],
  });
});

test('whoever deploys the operator is named before a change of its Deployment', async () => {
  const evidence = await fixtureEvidence('hook-failed');
  const [before] = stepsOf(evidence);
  const { deployment } = evidence.reads;
  assert.is(deployment.status, 'read');
  if (deployment.status === 'read' && deployment.value.metadata)
    deployment.value.metadata.labels = { 'argocd.argoproj.io/instance': 'kubevirt' };
  const [after] = stepsOf(evidence);
  assert.match(after?.[0] ?? '', /^Argo CD \(argocd.argoproj.io\/instance: kubevirt\) may undo/);
  assert.equal(after?.slice(1), before);
});

test('where KubeVirt is being deleted nothing starts the operator before that is decided', async () => {
  const [steps = []] = stepsOf(await fixtureEvidence('kubevirt-cr-deleting'));
  assert.is(steps[0], 'kubectl -n kubevirt get kubevirt kubevirt -o yaml');
  assert.match(steps[1] ?? '', /should stay: do not start/);
  assert.ok(
    steps.findIndex((step) => step.includes(' scale ')) > steps.findIndex((step) => step.includes('should go')),
  );
});

test('what is proved to come next is a step, with the repair that this program makes', async () => {
  const evidence = await fixtureEvidence('next-scheduler-down-and-cordoned');
  const { causes, findings } = operatorReport(evidence);
  const [cause] = causes;
  assert.ok(cause);
  const next = findings.filter((one) => one.next);
  const plan = planFor(evidence, cause);
  assert.ok(plan.kind !== 'automatic');
  const { manual } = manualRepair(plan, evidence, ['Mend it.'], next);
  assert.equal(manual, [
    'Mend it.',
    'Fix this too, it would stop the pods next: all 3 nodes that may run virt-operator are cordoned: cp-0, cp-1, cp-2',
    'kubectl virtop mitigate uncordon',
    'kubectl virtop status',
  ]);
});

test.run();
