import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import manifest from '../../package.json' with { type: 'json' };
import { archiveName, RELEASE_PLATFORMS } from '../../scripts/release/platforms.ts';
import { networkObstacle } from '../cluster/network.ts';
import { temporaryDirectory } from '../cluster/open.ts';
import { suite } from '../helpers/suite.ts';
import { type KrewHome, openKrewHome } from './krew.ts';
import { declareWhere, madeRelease, releaseObstacle } from './made.ts';

const krew = suite('krew', { seconds: 1800 });
const test = declareWhere(krew, releaseObstacle() ?? networkObstacle());
const version = `v${manifest.version}`;
let home: KrewHome | null = null;

async function openHome(): Promise<KrewHome> {
  home ??= await openKrewHome(temporaryDirectory(), await madeRelease());
  return home;
}

krew.after(() => home?.close());

async function succeeds(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await (await openHome()).run(command, ...args);
  assert.is(code, 0, `${command} ${args.join(' ')}: ${stderr}`);
  return stdout + stderr;
}

test('its own validator takes the manifest, and installs every platform from the addresses in it', async () => {
  const { plugins } = await openHome();
  await succeeds('validate-krew-manifest', '-manifest', join(plugins, 'virtop.yaml'));
});

test('installs from manifest and archive, kubectl runs the plugin, and uninstalling leaves nothing', async () => {
  const { krewRoot, plugins } = await openHome();
  const linux = RELEASE_PLATFORMS.find(({ os, arch }) => os === 'linux' && arch === 'amd64');
  if (!linux) throw new Error('no release for this platform');
  const archive = join(await madeRelease(), archiveName(version, linux));
  await succeeds('kubectl', 'krew', 'update');
  const said = await succeeds(
    'kubectl',
    'krew',
    'install',
    `--manifest=${join(plugins, 'virtop.yaml')}`,
    `--archive=${archive}`,
  );
  assert.match(said, 'kubectl_complete-virtop', 'the caveats are shown');
  assert.match(await succeeds('kubectl', 'virtop', 'version', '--client'), `Client Version: ${version}`);
  assert.match(await succeeds('kubectl', 'krew', 'list'), 'virtop');
  await succeeds('kubectl', 'krew', 'uninstall', 'virtop');
  const left = ['bin', 'store', 'receipts'].flatMap((name) => readdirSync(join(krewRoot, name)));
  assert.equal(left, []);
  assert.not.ok(existsSync(join(krewRoot, 'bin', 'kubectl-virtop')));
});

test('installs by name from the index, as people will', async () => {
  await succeeds('kubectl', 'krew', 'install', 'virtop');
  assert.match(await succeeds('kubectl', 'virtop', 'version', '--client'), `Client Version: ${version}`);
  await succeeds('kubectl', 'krew', 'uninstall', 'virtop');
});

krew.run();
