import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { isOwned, ownedDirectory } from './owned-directory.ts';

/** This folder of the repository. */
export const HERE = import.meta.dirname;

/** Where what takes long to make is kept, outside the repository. */
function cacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kubectl-virtop');
}

/** SHA-256 over the contents of files below a folder, shortened: what is made from the same input has the same key. */
export function contentKey(files: readonly string[], folder = HERE): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

/** The files of a folder below this one, as paths from here, in order. */
export function filesIn(folder: string, ending: string): string[] {
  const names = readdirSync(join(HERE, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

/** Was the cached folder of that name made already? */
export function isCached(name: string): boolean {
  return existsSync(join(cacheDirectory(), name));
}

/** Makes a cached folder once: `make` fills a draft, which takes its final name only when it is whole. */
export async function cachedOnce(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  const folder = join(cacheDirectory(), name);
  const drafts = `${name}.draft-`;
  while (!existsSync(folder) && isOwned(cacheDirectory(), drafts)) await pause(500);
  if (existsSync(folder)) return folder;
  const draft = ownedDirectory(cacheDirectory(), drafts);
  try {
    await make(draft);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
