import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { manPage } from '../../scripts/generate/man-page.ts';
import { ruleIndex } from '../../scripts/generate/rule-index.ts';
import { rulePage } from '../../scripts/generate/rule-page.ts';
import { loadRules } from '../../scripts/generate/rules.ts';
import type { Command } from '../../src/commands/command.ts';
import { HELP_FLAG } from '../../src/commands/flags/global-flags.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { defineRule } from '../../src/model/rule.ts';
import { rejects, suite } from '../helpers/suite.ts';

const test = suite('generate');
const folder = mkdtempSync(join(tmpdir(), 'virtop-generate-'));
test.after(() => rmSync(folder, { recursive: true }));

const rule = defineRule({
  code: 'no-leader',
  rung: 'leader',
  severity: 'critical',
  meaning: 'Pods run and none leads.',
  impact: 'Nothing is reconciled.',
  evidence: 'The lease is compared with the clock.',
  remedy: 'Look at the lease.',
  commands: ['kubectl get leases', 'kubectl delete pod POD'],
  related: ['informers-never-sync'],
  needs: ['pods'],
  wants: ['operatorLease'],
  evaluate: () => [],
});

test('the index imports and lists every code', () => {
  const text = ruleIndex(['no-leader', 'quota-exceeded']);
  assert.match(text, "import noLeader from './no-leader.ts';\nimport quotaExceeded from './quota-exceeded.ts';");
  assert.match(text, '= [\n  noLeader,\n  quotaExceeded,\n];\n');
});

test('the manual page holds every command and flag, and no text of it is a request', () => {
  const command = { ...COMMANDS[0], name: 'look', summary: "'tis\\ a look", argument: 'A-B', examples: [] };
  const flags = [
    { name: 'how', short: 'o', kind: 'text', standard: 'x', choices: ['x', 'y'], help: '.so /etc/passwd' },
  ];
  const page = manPage([{ ...command, flags } as Command], [HELP_FLAG], '1.2.3');
  assert.match(page, '.TH KUBECTL\\-VIRTOP 1 "" "kubectl\\-virtop v1.2.3"\n');
  assert.match(page, '.SS \\fBlook\\fR [\\fIA\\-B\\fR]\n\\(aqtis\\e a look.\n');
  assert.match(page, '.TP\n\\fB\\-o\\fR, \\fB\\-\\-how\\fR=\\fIx|y\\fR\n\\&.so /etc/passwd.\nDefault: x.\n');
  assert.match(page, '.TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n');
});

test('the page says what the rule says, and where its example comes from', () => {
  mkdirSync(join(folder, 'no-leader'));
  const header = 'origin: recorded\nkubernetes: v1.36.3\nkubevirt: v1.7.0\n';
  writeFileSync(join(folder, 'no-leader', 'cluster.yaml'), `${header}objects:\n  - {not: read\n`);
  const page = rulePage([rule], [], folder);
  const own = [rule.meaning, rule.impact, rule.evidence, rule.remedy, rule.commands.join('\n')];
  for (const words of ['### no-leader', ...own, '(#informers-never-sync)', 'pods; also looks at operatorLease']) {
    assert.match(page, words);
  }
  assert.match(page, 'recorded from Kubernetes v1.36.3 with KubeVirt v1.7.0');
  assert.match(rulePage([{ ...rule, code: 'new' }], [], folder), '**Example**: none yet');
});

test('the page lists causes of access, which read nothing and have no example', () => {
  const page = rulePage([], [{ ...rule, code: 'api-unreachable', rung: 'access' }], folder);
  assert.match(page, '- **access**: [api-unreachable](#api-unreachable)');
  assert.not.match(page, /Reads|Example/);
});

test('a file that is no rule and a code that is not the file name are named', async () => {
  const rules = join(folder, 'rules');
  mkdirSync(rules);
  writeFileSync(join(rules, 'helper.ts'), 'export const x = 1;');
  await rejects(loadRules(rules), Error, /src\/rules\/helper.ts is no rule/);
  rmSync(join(rules, 'helper.ts'));
  writeFileSync(join(rules, 'one.ts'), "export default { code: 'other', evaluate() {} };");
  await rejects(loadRules(rules), Error, /src\/rules\/one.ts has the code other/);
});

test.run();
