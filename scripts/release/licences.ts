import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, runtimePath } from '../runtime.mjs';

const RULE = '='.repeat(80);

/**
 * The licences of everything in the executable that is not ours: MIT and ISC ask for their text in every copy, Apache-2.0 also
 * for a NOTICE where there is one, and Node's LICENSE holds those of V8, OpenSSL, ICU and whatever else it is made of.
 */
export function thirdPartyLicences(packages: readonly string[]): string {
  const node = { name: `Node.js ${process.versions.node}`, texts: licenceTexts(dirname(dirname(runtimePath()))) };
  const bundled = packages.map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { name: `${name} ${version}`, texts: licenceTexts(folder) };
  });
  const parts = [...bundled, node].map(({ name, texts }) => [RULE, name, RULE, '', ...texts].join('\n'));
  return `kubectl-virtop contains the software below, under these licences.\n\n${parts.join('\n\n')}\n`;
}

/** The texts of LICENSE, LICENCE, COPYING and NOTICE files of a package. Throws where it has none: somebody has to look. */
function licenceTexts(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (names.length === 0) throw new Error(`${folder} has no licence file: see its readme, and whether it may ship`);
  return names.sort().map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

/** The npm packages that esbuild put into the bundle, by name; `metafile` is what it wrote about it. */
export function bundledPackages(metafile: string): string[] {
  const { outputs } = JSON.parse(readFileSync(metafile, 'utf8')) as {
    outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
  };
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const names = paths.map((path) => /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
