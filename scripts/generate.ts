// `npm run generate` writes the generated files; `--check` only says which of them are not what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { GLOBAL_FLAGS, HELP_FLAG } from '../src/commands/flags/global-flags.ts';
import { COMMANDS } from '../src/commands/index.ts';
import { ACCESS_CAUSES } from '../src/diagnosis/access/causes.ts';
import { manPage } from './generate/man-page.ts';
import { ruleIndex } from './generate/rule-index.ts';
import { rulePage } from './generate/rule-page.ts';
import { loadRules } from './generate/rules.ts';
import { documentSchema } from './generate/schema.ts';
import { shapesFile } from './generate/shapes.ts';
import { withVersion } from './release/manifest.ts';
import { root } from './runtime.mjs';
import { EXAMPLE } from './start-arguments.ts';

const rules = await loadRules(join(root, 'src/rules'));
const files: Record<string, string> = {
  'src/rules/index.ts': ruleIndex(rules.map((rule) => rule.code)),
  'src/kube/read/shapes.ts': shapesFile(join(root, 'src/model/evidence.ts'), join(root, 'tsconfig.json')),
  'docs/rules.md': rulePage(rules, ACCESS_CAUSES, join(root, 'test/fixtures')),
  'docs/kubectl-virtop.1': manPage(COMMANDS, [...GLOBAL_FLAGS, HELP_FLAG], manifest.version),
  [`${EXAMPLE}/cluster.yaml`]: readFileSync(join(root, 'test/fixtures', basename(EXAMPLE), 'cluster.yaml'), 'utf8'),
  'krew-manifest.yaml': withVersion(readFileSync(join(root, 'krew-manifest.yaml'), 'utf8'), `v${manifest.version}`),
  'docs/report.schema.json': schema('report.ts', 'OperatorReport'),
  'docs/fleet.schema.json': schema('fleet.ts', 'FleetReport'),
  'docs/alert-list.schema.json': schema('alert-list.ts', 'AlertList'),
  'docs/can-i-list.schema.json': schema('can-i.ts', 'CanIList'),
  'docs/explanation.schema.json': schema('explanation.ts', 'ExplanationDocument'),
  'docs/repair.schema.json': schema('repair.ts', 'RepairDocument'),
  'docs/version.schema.json': schema('version-report.ts', 'VersionReport'),
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

function schema(file: string, type: string): string {
  return documentSchema(join(root, 'src/model', file), type, join(root, 'tsconfig.json'));
}

function currentText(path: string): string | null {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
}
