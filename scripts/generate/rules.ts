import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '../../src/model/rule.ts';

/** The rules of all files in `folder`, in the order of their codes. Throws, naming the file, where one is no rule or has another code. */
export async function loadRules(folder: string): Promise<Rule[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
  return await Promise.all(files.sort().map((name) => loadRule(folder, name)));
}

async function loadRule(folder: string, name: string): Promise<Rule> {
  const module = await import(pathToFileURL(join(folder, name)).href);
  const rule: Rule | undefined = module.default;
  if (typeof rule?.evaluate !== 'function') {
    throw new Error(`src/rules/${name} is no rule: export default defineRule({…}), or move the file to src/objects/.`);
  }
  if (`${rule.code}.ts` !== name) {
    throw new Error(`src/rules/${name} has the code ${rule.code}: the code and the file name have to be the same.`);
  }
  return rule;
}
