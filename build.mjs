// Builds dist/kubectl-virtop for this machine: esbuild makes one CommonJS file of src/, pkg puts it into the Node runtime.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './scripts/build/bundle.mjs';
import { recordCode } from './scripts/build/code.mjs';
import { pack } from './scripts/build/pack.mjs';
import { hostPlatform, root, runtimePath } from './scripts/runtime.mjs';

const dist = join(root, 'dist');
export const executable = join(dist, hostPlatform().system === 'win' ? 'kubectl-virtop.exe' : 'kubectl-virtop');
const stampFile = join(dist, 'inputs.sha256');

/** Builds, in a process of its own, unless the executable was made from exactly these inputs. What it prints goes to stderr. */
export function buildIfStale() {
  const isFresh = existsSync(executable) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === inputsHash();
  if (isFresh) return;
  const { status } = spawnSync(process.execPath, [import.meta.filename], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('dist/kubectl-virtop could not be built: see the messages above.');
}

/** Everything is made beside its place and moved there at the end: a build that fails or runs twice breaks nothing. */
async function build() {
  const started = performance.now();
  const hash = inputsHash();
  mkdirSync(dist, { recursive: true });
  const workshop = mkdtempSync(join(dist, '.build-'));
  try {
    const bundled = await bundle(join(root, 'src', 'main.ts'), workshop);
    const output = join(workshop, basename(executable));
    const targets = [{ platform: hostPlatform(), runtime: runtimePath(), output }];
    await pack({ folder: workshop, bundled, code: recordCode(bundled, workshop), targets });
    renameSync(join(workshop, 'bundle.meta.json'), join(dist, 'bundle.meta.json'));
    renameSync(output, executable);
    writeFileSync(stampFile, hash);
  } finally {
    rmSync(workshop, { recursive: true });
  }
  const megabytes = (statSync(executable).size / 1e6).toFixed(0);
  console.error(
    `Built dist/${basename(executable)}, ${megabytes} MB, in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

function inputsHash() {
  const hash = createHash('sha256');
  const folders = ['src', 'scripts/build'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  for (const name of [...folders, 'build.mjs', 'scripts/runtime.mjs', 'package.json', 'package-lock.json'].sort()) {
    const path = join(root, name);
    if (statSync(path).isFile()) hash.update(`${name}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

if (import.meta.main) {
  try {
    await build();
  } catch (error) {
    console.error(`The build failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
