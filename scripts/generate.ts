// `npm run generate` writes the generated files; `--check` only says which of them are not what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ruleIndex } from './generate/rule-index.ts';
import { rulePage } from './generate/rule-page.ts';
import { loadRules } from './generate/rules.ts';
import { schemaOf } from './generate/schema.ts';
import { root } from './runtime.mjs';
import { EXAMPLE } from './start-arguments.ts';

const rules = await loadRules(join(root, 'src/rules'));
const files: Record<string, string> = {
  'src/rules/index.ts': ruleIndex(rules.map((rule) => rule.code)),
  'docs/rules.md': rulePage(rules, join(root, 'test/fixtures')),
  [`${EXAMPLE}/cluster.yaml`]: readFileSync(join(root, 'test/fixtures', basename(EXAMPLE), 'cluster.yaml'), 'utf8'),
  'docs/report.schema.json': schema('OperatorReport', 'report.ts'),
  'docs/repair.schema.json': schema('RepairReport', 'repair.ts'),
};

const stale = Object.entries(files).filter(([path, text]) => currentText(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.log(`${path} is out of date: run npm run generate, and commit what it writes.`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}

function schema(type: string, file: string): string {
  return schemaOf(type, join(root, 'src/model', file), join(root, 'tsconfig.json'));
}

function currentText(path: string): string | null {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
}
