import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../runtime.mjs';
import { quickStart } from './quick-start.mjs';

/**
 * Makes one CommonJS file of the program.
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
