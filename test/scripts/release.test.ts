import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import * as assert from 'uvu/assert';
import { withoutSymbols } from '../../scripts/build/symbols.mjs';
import { filledManifest, withVersion } from '../../scripts/release/manifest.ts';
import { assertIntegrity } from '../../scripts/release/runtimes.ts';
import { tarGz } from '../../scripts/release/tar.ts';
import { zip } from '../../scripts/release/zip.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('release scripts');
const folder = mkdtempSync(join(tmpdir(), 'virtop-release-'));
test.after(() => rmSync(folder, { recursive: true }));

const entries = [
  { name: 'b', data: Buffer.alloc(700, 'b'), isExecutable: true },
  { name: 'a', data: Buffer.from('first'), isExecutable: false },
];
const URL = 'https://example.com/v0.1.0/x_v0.1.0_linux.tar.gz';
const TEMPLATE = `# About the zeros.\napiVersion: krew.example.com/v1alpha2\nspec:\n  version: v0.1.0\n  platforms:\n    - uri: ${URL}\n      sha256: '000'\n`;

test('tar reads the archive, sorted, with modes and one time', async () => {
  const path = join(folder, 'archive.tar.gz');
  writeFileSync(path, await tarGz(entries));
  const list = execFileSync('tar', ['--utc', '-tvzf', path], { encoding: 'utf8' });
  assert.is(
    list.replaceAll(/ +/g, ' '),
    '-rw-r--r-- 0/0 5 2000-01-01 00:00 a\n-rwxr-xr-x 0/0 700 2000-01-01 00:00 b\n',
  );
  assert.is(execFileSync('tar', ['-xOzf', path, 'b'], { encoding: 'utf8' }), 'b'.repeat(700));
});

test('archives do not depend on the order of their files', async () => {
  for (const make of [tarGz, zip]) assert.equal(await make([...entries].reverse()), await make(entries));
});

test('the manifest gets the checksum of each archive, and loses the remark about zeros', () => {
  const filled = filledManifest(TEMPLATE, new Map([['x_v0.1.0_linux.tar.gz', 'abc']]));
  assert.match(filled, /sha256: '?abc'?/);
  assert.not.match(filled, '#');
});

test('an archive without a place, or a place without an archive, is refused', () => {
  assert.throws(
    () => filledManifest(TEMPLATE, new Map()),
    /names x_v0.1.0_linux.tar.gz, which this release does not have/,
  );
  const two = new Map([
    ['x_v0.1.0_linux.tar.gz', 'abc'],
    ['y.zip', 'def'],
  ]);
  assert.throws(() => filledManifest(TEMPLATE, two), /does not name y.zip/);
});

test('a new version is written everywhere in the manifest, but not in the version of its format', () => {
  const next = withVersion(TEMPLATE, 'v1.0.0-rc.1');
  assert.is(next.match(/v1\.0\.0-rc\.1/g)?.length, 3);
  assert.match(next, 'v1alpha2');
  assert.is(withVersion(next, 'v0.1.0'), TEMPLATE);
});

test('a package with another checksum than the locked one is refused', () => {
  const right = 'sha512-MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==';
  assert.not.throws(() => assertIntegrity('a', Buffer.from('hello world'), right));
  assert.throws(() => assertIntegrity('a', Buffer.from('hello w0rld'), right), /not the one of package-lock.json/);
});

if (process.platform === 'linux') {
  test('a program without its symbols is smaller and runs', () => {
    const path = join(folder, 'node');
    const program = readFileSync(process.execPath);
    const smaller = withoutSymbols(program);
    writeFileSync(path, smaller, { mode: 0o755 });
    assert.ok(smaller.length < 0.9 * program.length);
    assert.is(execFileSync(path, ['--print', '1 + 1'], { encoding: 'utf8' }), '2\n');
  });
}

test.run();
