import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import * as assert from 'uvu/assert';
import manifest from '../../package.json' with { type: 'json' };
import { archiveName, executablePath, RELEASE_PLATFORMS } from '../../scripts/release/platforms.ts';
import { quillPath } from '../../scripts/release/sign.ts';
import { temporaryDirectory } from '../cluster/open.ts';
import { suite } from '../helpers/suite.ts';
import { declareWhere, madeRelease, makeRelease, releaseObstacle } from './made.ts';
import { signatureComplaint } from './page-hashes.ts';

const suiteOfRelease = suite('release', { seconds: 900 });
const test = declareWhere(suiteOfRelease, releaseObstacle());
const root = join(import.meta.dirname, '../..');
const version = `v${manifest.version}`;
const EXAMPLE = join(root, 'examples/webhook-unreachable');
const ARM_LIBRARIES = '/usr/aarch64-linux-gnu';

/** Of each kind of program: the number that says for which processor it is, and the name that the program's part has in it. */
const KINDS = {
  linux: { magic: '7f454c46', machine: (file: Buffer) => file.readUInt16LE(18), amd64: 62, arm64: 183, text: 'latin1' },
  darwin: {
    magic: 'cffaedfe',
    machine: (file: Buffer) => file.readUInt32LE(4),
    amd64: 0x01000007,
    arm64: 0x0100000c,
    text: 'latin1',
  },
  windows: {
    magic: '4d5a',
    machine: (file: Buffer) => file.readUInt16LE(file.readUInt32LE(60) + 4),
    amd64: 0x8664,
    arm64: 0xaa64,
    text: 'utf16le',
  },
} as const;

for (const one of RELEASE_PLATFORMS) {
  test(`${one.os} ${one.arch}: a program of that platform, with ours in it and without where it was made`, async () => {
    const file = readFileSync(executablePath(await madeRelease(), one));
    const kind = KINDS[one.os];
    assert.is(file.subarray(0, kind.magic.length / 2).toString('hex'), kind.magic);
    assert.is(kind.machine(file), kind[one.arch]);
    assert.ok(
      file.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1'),
      'the fuse is set: Node looks for a program in it',
    );
    assert.ok(file.includes(Buffer.from('NODE_SEA_BLOB', kind.text)), 'the program has its name');
    assert.ok(file.includes('(function (require, __filename) { const importMetaUrl'), 'the bundle is in it');
    assert.not.ok(file.includes(root), 'the folder that it was made in is in it');
  });
}

for (const one of RELEASE_PLATFORMS.filter(({ os }) => os === 'darwin')) {
  test(`${one.os} ${one.arch}: an ad-hoc signature covers the whole program`, async () => {
    const path = executablePath(await madeRelease(), one);
    assert.is(signatureComplaint(readFileSync(path)), null);
    assert.match(execFileSync(await quillPath(), ['describe', '--quiet', path], { encoding: 'utf8' }), /Flags: +adhoc/);
  });
}

for (const one of RELEASE_PLATFORMS.filter(({ os }) => os !== 'windows')) {
  test(`${one.os} ${one.arch}: the archive has the program and the licences, all of them plain files`, async () => {
    const archive = join(await madeRelease(), archiveName(version, one));
    const list = ['--list', '--verbose', '--numeric-owner', '--utc', '--file', archive];
    const lines = execFileSync('tar', list, { encoding: 'utf8' }).trim().split('\n');
    assert.equal(
      lines.map((line) => line.replace(/ +\d+ 2000-01-01 00:00/, '')),
      ['-rw-r--r-- 0/0 LICENSE', '-rw-r--r-- 0/0 THIRD_PARTY_LICENSES', '-rwxr-xr-x 0/0 kubectl-virtop'],
    );
  });
}

test('the checksums are those of the files', async () => {
  const { status, stdout } = spawnSync('sha256sum', ['--check', 'checksums.txt'], {
    cwd: await madeRelease(),
    encoding: 'utf8',
  });
  assert.is(status, 0);
  assert.is(stdout.split('\n').filter((line) => line.endsWith(': OK')).length, RELEASE_PLATFORMS.length + 2);
});

test('every package in the bundle is in the list of contents and has its licence', async () => {
  const folder = await madeRelease();
  const bom = JSON.parse(readFileSync(join(folder, `kubectl-virtop_${version}.cdx.json`), 'utf8'));
  const names: string[] = bom.components.map((one: { name: string }) => one.name);
  const [linux] = RELEASE_PLATFORMS;
  if (!linux) throw new Error('no platform');
  const texts = execFileSync('tar', ['-xOzf', join(folder, archiveName(version, linux)), 'THIRD_PARTY_LICENSES'], {
    encoding: 'utf8',
  });
  assert.is(bom.metadata.component.version, manifest.version);
  for (const name of [...Object.keys(manifest.dependencies), 'chalk', 'yargs-parser']) {
    if (name === '@kubernetes/client-node') continue;
    assert.ok(names.includes(name), `${name} is not listed`);
    assert.match(texts, new RegExp(`^${name} \\d`, 'm'));
  }
  const node = bom.components.find((one: { name: string }) => one.name === 'node');
  assert.is(node.version, process.versions.node);
  assert.ok(
    node.components.some(
      (one: { name: string; version: string }) => one.name === 'openssl' && one.version === process.versions.openssl,
    ),
  );
  assert.match(texts, 'Node.js is licensed for use as follows');
  assert.not.match(names.join(' '), /esbuild|typescript|uvu/);
});

const runs: [string, string[], RegExp][] = [
  ['version', ['version', '--client'], new RegExp(`^Client Version: ${version}`)],
  ['--help', ['--help'], /^Usage/m],
  ['explain', ['explain', 'webhook-unreachable'], /webhook-unreachable/],
  ['status', ['status', '--from', EXAMPLE], /^DOWN {6}virt-operator/],
];
for (const { os, arch, executable } of RELEASE_PLATFORMS.filter((one) => one.os === 'linux')) {
  const emulator = arch === 'arm64' ? ['qemu-aarch64', '-L', ARM_LIBRARIES] : [];
  for (const [name, args, expected] of runs) {
    declareWhere(suiteOfRelease, releaseObstacle() ?? emulatorObstacle(arch))(
      `${os} ${arch}: ${name} answers`,
      async () => {
        const program = join(await madeRelease(), `${os}_${arch}`, executable);
        const [command = '', ...rest] = [...emulator, program, ...args];
        const { stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', env: { PATH: process.env.PATH } });
        assert.match(stdout, expected, stderr);
      },
    );
  }
}

function emulatorObstacle(arch: string): string | null {
  if (arch === 'amd64') return null;
  if (spawnSync('qemu-aarch64', ['--version']).status !== 0) return 'qemu-user is needed to run a program for arm64';
  return existsSync(`${ARM_LIBRARIES}/lib/libatomic.so.1`) ? null : 'the C++ libraries for arm64 are needed';
}

test('made again, elsewhere, by somebody else and at another hour it is the same, byte for byte', async () => {
  const checkout = join(temporaryDirectory(), 'another checkout');
  cpSync(root, checkout, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !['dist', '.git'].includes(basename(path)) || path.includes('node_modules'),
  });
  const env = { ...process.env, TZ: 'Asia/Tokyo', LC_ALL: 'C', USER: 'somebody' };
  const again = await makeRelease(checkout, join(checkout, 'out'), env, '077');
  const checksums = (folder: string) => readFileSync(join(folder, 'checksums.txt'), 'utf8');
  assert.is(checksums(again), checksums(await madeRelease()));
});

suiteOfRelease.run();
