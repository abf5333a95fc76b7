import { setTimeout as pause } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { turns } from './turns.ts';

const test = suite('turns');

/** Asks for a turn each, and says who has one. */
async function ask(turn: () => Promise<() => void>, names: readonly string[]) {
  const ends = new Map<string, () => void>();
  const next = async (name: string) => ends.set(name, await turn());
  await Promise.race([pause(0), Promise.all(names.map(next))]);
  return { having: () => [...ends.keys()], end: (name: string) => ends.get(name)?.() };
}

test('so many have a turn, and the others in their order', async () => {
  const { having, end } = await ask(turns(2), ['a', 'b', 'c', 'd']);
  assert.equal(having(), ['a', 'b']);
  end('b');
  await pause(0);
  assert.equal(having(), ['a', 'b', 'c']);
});

test('a turn ends once', async () => {
  const { having, end } = await ask(turns(1), ['a', 'b', 'c']);
  end('a');
  end('a');
  await pause(0);
  assert.equal(having(), ['a', 'b']);
});

test('a turn that nobody waits for is kept for the next', async () => {
  const turn = turns(1);
  (await turn())();
  const { having } = await ask(turn, ['a']);
  assert.equal(having(), ['a']);
});

test.run();
