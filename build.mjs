// Builds dist/kubectl-virtop for this machine: esbuild makes one CommonJS file of src/, pkg puts it into the Node runtime.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
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
import { quickStart } from './scripts/build/quick-start.mjs';
import { hostPlatform, root, runtimePath } from './scripts/runtime.mjs';
import { EXAMPLE } from './scripts/start-arguments.ts';

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
    const packed = await pack(bundled, workshop);
    renameSync(join(workshop, 'bundle.meta.json'), join(dist, 'bundle.meta.json'));
    renameSync(packed, executable);
    writeFileSync(stampFile, hash);
  } finally {
    rmSync(workshop, { recursive: true });
  }
  const megabytes = (statSync(executable).size / 1e6).toFixed(0);
  console.error(
    `Built dist/${basename(executable)}, ${megabytes} MB, in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

/**
 * @param {string} entry
 * @param {string} folder where bundle.cjs and bundle.meta.json go
 * @returns {Promise<string>} the path of the bundle
 */
export async function bundle(entry, folder) {
  const { build: esbuild } = await import('esbuild');
  const outfile = join(folder, 'bundle.cjs');
  const { metafile } = await esbuild({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'cjs',
    target: `node${process.versions.node}`,
    // The launcher's function has no importer of its own: `import('node:zlib')` must become a require.
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    legalComments: 'none',
    // A function for scripts/build/launcher.cjs to call. yargs 18 calls createRequire(import.meta.url), which CommonJS does not have.
    banner: {
      js: "(function (require, __filename) { const importMetaUrl = require('node:url').pathToFileURL(__filename).href;",
    },
    footer: { js: '})' },
    define: { 'import.meta.url': 'importMetaUrl' },
    plugins: [quickStart],
    metafile: true,
    absWorkingDir: root,
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'bundle.meta.json'), JSON.stringify(metafile));
  return outfile;
}

/**
 * @param {string} bundled
 * @param {string} folder
 * @returns {Promise<string>} the path of the executable
 */
export async function pack(bundled, folder) {
  const { default: seaModule } = await import('@yao-pkg/pkg/lib-es5/sea.js');
  const { system } = hostPlatform();
  const output = join(folder, basename(executable));
  const seaConfig = {
    useCodeCache: false,
    useSnapshot: false,
    disableExperimentalSEAWarning: true,
    assets: { 'bundle.cjs': bundled, 'bundle.code': recordCode(bundled, folder) },
  };
  await seaModule.default(join(root, 'scripts', 'build', 'launcher.cjs'), {
    targets: [{ nodeRange: `node${process.versions.node}`, platform: system, arch: process.arch, output }],
    nodePath: strippedRuntime(folder),
    seaConfig,
    signature: system === 'macos',
  });
  chmodSync(output, 0o755);
  return output;
}

/**
 * @param {string} bundled
 * @param {string} folder
 * @returns {string} the path of the code that V8 makes of the bundle
 */
function recordCode(bundled, folder) {
  const output = join(folder, 'bundle.code');
  const script = join(root, 'scripts', 'build', 'record-code.cjs');
  // No home: a login of whoever builds must not be used.
  const env = { PATH: process.env.PATH, HOME: folder, USERPROFILE: folder };
  execFileSync(process.execPath, [script, bundled, output, EXAMPLE], { cwd: root, env, stdio: 'ignore' });
  return output;
}

/**
 * A copy of the runtime without symbols: a third smaller. It has to happen before the program goes in; afterwards it breaks the executable.
 * Without `strip` on the machine the runtime stays as it is; a stripped Mach-O loses its signature, so there too.
 * @param {string} folder
 * @returns {string}
 */
function strippedRuntime(folder) {
  if (hostPlatform().system !== 'linux') return runtimePath();
  const stripped = join(folder, 'node');
  try {
    execFileSync('strip', ['-o', stripped, runtimePath()], { stdio: 'ignore' });
  } catch {
    copyFileSync(runtimePath(), stripped);
  }
  return stripped;
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
