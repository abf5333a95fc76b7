import { setTimeout as pause } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { sideBySide } from './side-by-side.ts';

const test = suite('scenarios side by side');
const QUICK = ['cordoned', 'healthy', 'no-nodes', 'preempted'];
const WAITING = ['rs-create-gave-up', 'kubelet-not-acting', 'scheduler-down'];

test('two quick ones at a time, and beside them those that wait, the longest first', async () => {
  const running = new Set<string>();
  const seen: string[][] = [];
  await sideBySide([...QUICK, ...WAITING], async (name) => {
    running.add(name);
    await pause(1);
    seen.push([...running]);
    running.delete(name);
  });
  const started = [...new Set(seen.flat())];
  assert.equal(started.toSorted(), [...QUICK, ...WAITING].toSorted(), 'each ran');
  assert.equal(seen.length, QUICK.length + WAITING.length, 'each ran once');
  for (const names of seen) assert.ok(names.filter((name) => QUICK.includes(name)).length <= 2);
  const first = started.slice(0, 5);
  assert.equal(first.slice(0, 3), ['kubelet-not-acting', 'scheduler-down', 'rs-create-gave-up']);
  assert.equal(first.slice(3), ['cordoned', 'healthy']);
});

test('a scenario that does not exist is for the work to tell', async () => {
  const told: string[] = [];
  await sideBySide(['no-such-scenario'], async (name) => {
    told.push(name);
  });
  assert.equal(told, ['no-such-scenario']);
});

test.run();
