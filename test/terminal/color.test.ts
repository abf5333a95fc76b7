import * as assert from 'uvu/assert';
import { ansi, type ColorMode, isColored } from '../../src/terminal/color.ts';
import { sink } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('color');

interface Case {
  name: string;
  mode?: ColorMode;
  tty?: boolean;
  env?: Record<string, string>;
  platform?: string;
  colored: boolean;
}

const CASES: Case[] = [
  { name: 'a terminal', colored: true },
  { name: 'no terminal', tty: false, colored: false },
  { name: '--color=never', mode: 'never', colored: false },
  { name: '--color=always into a file', mode: 'always', tty: false, colored: true },
  { name: 'NO_COLOR', env: { NO_COLOR: '1' }, colored: false },
  { name: 'an empty NO_COLOR does not count', env: { NO_COLOR: '' }, colored: true },
  { name: '--color=always beats NO_COLOR', mode: 'always', env: { NO_COLOR: '1' }, colored: true },
  { name: 'NO_COLOR beats CLICOLOR_FORCE', env: { NO_COLOR: '1', CLICOLOR_FORCE: '1' }, colored: false },
  { name: 'CLICOLOR_FORCE into a file', tty: false, env: { CLICOLOR_FORCE: '1' }, colored: true },
  { name: 'CLICOLOR_FORCE=0', tty: false, env: { CLICOLOR_FORCE: '0' }, colored: false },
  { name: 'a dumb terminal', env: { TERM: 'dumb' }, colored: false },
  { name: 'the old Windows console', platform: 'win32', colored: false },
  { name: 'Windows Terminal', platform: 'win32', env: { WT_SESSION: 'id' }, colored: true },
];

for (const { name, mode = 'auto', tty = true, env = {}, platform = 'linux', colored } of CASES) {
  test(name, () => assert.is(isColored(mode, tty ? sink(80) : sink(), { env, platform }), colored));
}

test('a tone never changes the text', () => {
  assert.is(ansi('DOWN', 'bad'), '\u001b[1;31mDOWN\u001b[0m');
  assert.is(ansi('text', 'plain'), 'text');
  assert.is(ansi('', 'bad'), '');
});

test.run();
