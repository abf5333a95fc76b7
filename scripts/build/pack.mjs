import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../runtime.mjs';
import { withoutSymbols } from './symbols.mjs';

/** @typedef {{ platform: import('../runtime.mjs').Platform, runtime: string, output: string }} Target */

/**
 * Puts the bundle into the Node runtime of each target.
 * @param {{ folder: string, bundled: string, code: string | null, targets: Target[] }} what `folder` is for this call's own
 *   files; `code` is what V8 made of the bundle on the targets' platform, `null` where this machine cannot run them
 */
export async function pack({ folder, bundled, code, targets }) {
  const { default: seaModule } = await import('@yao-pkg/pkg/lib-es5/sea.js');
  const version = `node${process.versions.node}`;
  const launcher = join(folder, 'launcher.cjs');
  copyFileSync(join(root, 'scripts', 'build', 'launcher.cjs'), launcher);
  // pkg looks in its cache in the home folder before it downloads anything, and works in a folder below the temporary one.
  const home = join(folder, 'home');
  for (const { platform, runtime } of targets) addToCache(home, platform, runtime);
  const seaConfig = {
    // From the folder that pkg works in: Node writes this path into the executable, which must not say where it was built.
    main: '../launcher.cjs',
    useCodeCache: false,
    useSnapshot: false,
    disableExperimentalSEAWarning: true,
    assets: { 'bundle.cjs': bundled, ...(code === null ? {} : { 'bundle.code': code }) },
  };
  const restore = setEnvironment({ HOME: home, USERPROFILE: home, TMPDIR: folder, TEMP: folder, TMP: folder });
  await seaModule.default(launcher, {
    targets: targets.map(({ platform, output }) => ({
      nodeRange: version,
      platform: platform.system,
      arch: platform.processor,
      output,
    })),
    seaConfig,
    signature: process.platform === 'darwin',
  });
  restore();
  for (const { output } of targets) chmodSync(output, 0o755);
}

/**
 * Lays a runtime where pkg keeps those that it has downloaded, checked and unpacked (pkg 6.23.0, lib-es5/sea.js).
 * @param {string} home
 * @param {import('../runtime.mjs').Platform} platform
 * @param {string} runtime
 */
function addToCache(home, { system, processor }, runtime) {
  const name = `node-v${process.versions.node}-${system === 'macos' ? 'darwin' : system}-${processor}`;
  const cache = join(home, '.pkg-cache', 'sea');
  const archive = join(cache, `${name}.${system === 'win' ? 'zip' : 'tar.gz'}`);
  const place = system === 'win' ? join(cache, `${name}.exe`) : join(cache, name, 'bin', 'node');
  mkdirSync(dirname(place), { recursive: true });
  // It has to happen before the program goes in; afterwards it breaks the executable. A Mach-O would lose its signature.
  if (system === 'linux') writeFileSync(place, withoutSymbols(readFileSync(runtime)), { mode: 0o755 });
  else copyFileSync(runtime, place);
  for (const path of [archive, `${archive}.ok`, `${place}.ok`]) writeFileSync(path, '');
}

/**
 * @param {Record<string, string>} values
 * @returns {() => void} what sets the old values again
 */
function setEnvironment(values) {
  const before = Object.keys(values).map((name) => /** @type {const} */ ([name, process.env[name]]));
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
