import * as assert from 'uvu/assert';
import { manualSteps } from '../../src/commands/manual-steps.ts';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { manualRepair } from '../../src/mitigation/manual.ts';
import { planFor } from '../../src/mitigation/plan.ts';
import { fixtureEvidence, fixtureNames } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('what is left to a person');

/** What a person must do about the causes of a recorded cluster that `mitigate` does not mend. */
async function stepsOf(fixture: string): Promise<string[][]> {
  const evidence = await fixtureEvidence(fixture);
  return operatorReport(evidence).causes.flatMap((cause) => {
    const plan = planFor(evidence, cause);
    return plan.kind === 'automatic' ? [] : [manualRepair(plan, evidence, manualSteps(cause)).manual];
  });
}

/** What only that person knows. */
const SECRETS = /=(?:USER|PASSWORD)\b/g;
/** A word that `explain` uses in place of a name. */
const PLACEHOLDER = /\b(?:NAMESPACE|POD|NODE|NAME|IMAGE|CONTAINER|VERSION|DEPLOYMENT|REPLICASET|KIND|KEY|VALUE)\b/;

for (const fixture of fixtureNames()) {
  test(`${fixture}: every command has this cluster's names, and the last one looks again`, async () => {
    for (const steps of await stepsOf(fixture)) {
      assert.match(steps.at(-1) ?? '', /^kubectl virtop (?:status|describe)$/);
      assert.is(new Set(steps).size, steps.length, steps.join('\n'));
      for (const command of steps.filter((text) => text.startsWith('kubectl '))) {
        assert.not.match(command.replace(SECRETS, ''), PLACEHOLDER);
        assert.not.match(command, /undefined|null\b(?!})|<|-n (?:-|$)/);
      }
    }
  });
}

test('after a refusal the ReplicaSet is made to try again', async () => {
  for (const fixture of ['vap-denied', 'webhook-denied', 'pod-invalid']) {
    const [steps] = await stepsOf(fixture);
    assert.match(steps?.at(-2) ?? '', /^kubectl -n kubevirt annotate replicaset virt-operator-\w+ virtop\.io\/nudge=/);
  }
  const [elsewhere] = await stepsOf('insufficient-memory');
  assert.not.match(elsewhere?.join('\n') ?? '', 'nudge');
});

test.run();
