import * as assert from 'uvu/assert';
import { isUtf8 } from '../../src/terminal/locale.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('locale');

const CASES: [name: string, env: Record<string, string>, platform: string, utf8: boolean][] = [
  ['LANG', { LANG: 'de_DE.UTF-8' }, 'linux', true],
  ['lower case without a dash', { LANG: 'C.utf8' }, 'linux', true],
  ['Latin 1', { LANG: 'de_DE.ISO-8859-1' }, 'linux', false],
  ['POSIX', { LANG: 'C' }, 'linux', false],
  ['LC_ALL beats LANG', { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'linux', false],
  ['LC_CTYPE beats LANG', { LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, 'linux', true],
  ['an empty LC_ALL does not count', { LC_ALL: '', LANG: 'en_US.UTF-8' }, 'linux', true],
  ['nothing set on Linux', {}, 'linux', false],
  ['nothing set on macOS', {}, 'darwin', true],
  ['Windows Terminal', { WT_SESSION: 'id' }, 'win32', true],
  ['the old Windows console', {}, 'win32', false],
];

for (const [name, env, platform, utf8] of CASES) {
  test(name, () => assert.is(isUtf8({ env, platform }), utf8));
}

test.run();
