import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { repositoryFiles } from './repository.ts';
import { sourceComplaints } from './sources.ts';

const test = suite('sources');
const root = join(import.meta.dirname, '../..');

test('every source file is short and keeps to the rules', () => {
  const sources = repositoryFiles(root).filter((path) => /\.(ts|mjs)$/.test(path));
  assert.ok(sources.length > 100, 'too few source files to be true');
  assert.equal(
    sources.flatMap((path) => sourceComplaints(path, readFileSync(join(root, path), 'utf8'))),
    [],
  );
});

const planted: Record<string, { path: string; text: string; says: RegExp | null }> = {
  'a file of 201 lines': { path: 'src/kube/x.ts', text: '//\n'.repeat(201), says: /has 201 lines, over 200: split it/ },
  'a file of 200 lines': { path: 'src/kube/x.ts', text: '//\n'.repeat(200), says: null },
  'a long generated index': { path: 'src/rules/index.ts', text: '//\n'.repeat(201), says: null },
  'console in a rule': { path: 'src/rules/x.ts', text: 'console.log(1);', says: /uses console: return lines/ },
  'console in the terminal': { path: 'src/terminal/x.ts', text: 'console.log(1);', says: null },
  'process.exit in a command': {
    path: 'src/commands/x.ts',
    text: 'process.exit(1);',
    says: /uses process, which only/,
  },
  'process.env in the terminal': {
    path: 'src/terminal/x.ts',
    text: 'export const x = process.env;',
    says: /uses process/,
  },
  'an imported process': {
    path: 'src/kube/x.ts',
    text: "import { env } from 'node:process';\nenv;",
    says: /imports process/,
  },
  'process in main': { path: 'src/main.ts', text: 'process.exitCode = 1;', says: null },
  'the word in a comment': { path: 'src/kube/x.ts', text: '// process.exit would lose output\n', says: null },
  'a clock in a rule': { path: 'src/rules/x.ts', text: 'export const x = Date.now();', says: /asks the clock/ },
  'a clock in the transport': { path: 'src/kube/x.ts', text: 'export const x = Date.now();', says: null },
};

for (const [name, { path, text, says }] of Object.entries(planted)) {
  test(`${name}: ${says ? 'complains' : 'is fine'}`, () => {
    const said = sourceComplaints(path, text).join('\n');
    if (says) assert.match(said, says);
    else assert.is(said, '');
  });
}

test.run();
