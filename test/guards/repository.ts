import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOT_OURS = new Set(['.git', 'node_modules', 'dist']);

/** Every file of the repository, as paths from its root with `/`. */
export function repositoryFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? repositoryFiles(root, path) : [path];
  });
}

const WORDS: { pattern: RegExp; instead: string }[] = [
  {
    pattern: /(?<![\w.-])\/(work|root|home\/\w+|Users\/\w+)\//,
    instead: 'name files relative to the repository or to a temporary folder',
  },
  {
    pattern: /registry\.(npmjs|yarnpkg)\.\w+|\bproxy\.golang\.org/,
    instead: 'let npm and go use the registry that is configured',
  },
  { pattern: /"resolved"\s*:/, instead: 'write the lock file with omit-lockfile-registry-resolved' },
  { pattern: /^(<{7}|>{7})( |$)/m, instead: 'finish the merge' },
];

/** What a file's text gives away about the machine that it was written on. */
export function machineComplaints(path: string, text: string): string[] {
  return WORDS.flatMap(({ pattern, instead }) => {
    const found = pattern.exec(text);
    return found ? [`${path} contains "${found[0].trim()}": ${instead}.`] : [];
  });
}
