import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { cachedOnce } from '../../test/cluster/cache.ts';
import { hostPlatform, type Platform, root, runtimeIn, runtimePath } from '../runtime.mjs';

interface Locked {
  version: string;
  integrity: string;
}

/**
 * The Node runtime of a platform. `npm ci` installs only this machine's; the others are the same kind of dependency of
 * package.json, fetched by npm and taken only with the checksum that package-lock.json has.
 */
export async function runtimeOf(platform: Platform): Promise<string> {
  if (platform.name === hostPlatform().name) return runtimePath();
  const locked = lockedPackage(platform.name);
  const key = createHash('sha256').update(locked.integrity).digest('hex').slice(0, 16);
  const folder = await cachedOnce(`${platform.name}-${locked.version}-${key}`, async (draft) =>
    fetchPackage(platform.name, locked, draft),
  );
  return join(folder, runtimeIn(platform));
}

function lockedPackage(name: string): Locked {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return packages[`node_modules/${name}`];
}

function fetchPackage(name: string, { version, integrity }: Locked, folder: string): void {
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm ? [process.execPath, npm] : ['npm'];
  const specifier = `${name}@${version}`;
  console.error(`Fetching ${specifier} …`);
  execFileSync(command, [...args, 'pack', specifier, '--pack-destination', folder, '--silent'], { stdio: 'pipe' });
  const archive = join(folder, `${name}-${version}.tgz`);
  assertIntegrity(specifier, readFileSync(archive), integrity);
  execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', 'package/bin']);
  rmSync(archive);
}

/** Throws unless the bytes have that checksum, written as package-lock.json writes it: `sha512-` and base64. */
export function assertIntegrity(what: string, bytes: Buffer, integrity: string): void {
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found !== integrity) throw new Error(`${what} is not the one of package-lock.json: ${found}, not ${integrity}`);
}
