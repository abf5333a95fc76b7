import * as assert from 'uvu/assert';
import { ACTION_NAMES } from '../../src/model/action.ts';
import { scenario, scenarioNames } from '../cluster/scenario.ts';
import { suite } from '../helpers/suite.ts';
import { checksOf, MORE } from './checks.ts';

const test = suite('what is tried on real clusters');

test('each action mends a real cluster', async () => {
  const all = await Promise.all(scenarioNames().map(scenario));
  const proven = all.flatMap(({ repair }) => repair?.action ?? []);
  assert.equal(
    ACTION_NAMES.filter((name) => !proven.includes(name)),
    [],
  );
});

test('what is tried belongs to a scenario, and nothing is tried twice on one', async () => {
  for (const name of Object.keys(MORE)) {
    const names = checksOf(name, await scenario(name)).map((check) => check.name);
    assert.is(new Set(names).size, names.length, name);
  }
});

test.run();
