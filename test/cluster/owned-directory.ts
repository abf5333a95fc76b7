import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { isRunning } from './processes.ts';

/** Makes a new directory that names this process as its owner, and removes those whose owner ended without doing so. */
export function ownedDirectory(parent: string, prefix: string): string {
  mkdirSync(parent, { recursive: true });
  for (const [name, owner] of owners(parent, prefix)) {
    if (!isRunning(owner)) rmSync(join(parent, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

/** Does a running process own a directory of that prefix? */
export function isOwned(parent: string, prefix: string): boolean {
  return existsSync(parent) && owners(parent, prefix).some(([, owner]) => isRunning(owner));
}

function owners(parent: string, prefix: string): [string, number][] {
  const names = readdirSync(parent).filter((name) => name.startsWith(prefix));
  return names.map((name) => [name, Number(name.slice(prefix.length).split('-')[0])]);
}
