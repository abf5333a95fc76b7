import { readdirSync, readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { CAUSES } from '../../src/commands/causes.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { OperatorReport } from '../../src/model/report.ts';
import { mends } from '../../src/report/remedy.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('what causes say about themselves');

/** What a person fills in. */
const PLACEHOLDERS = new Set(
  [
    'NAMESPACE NODE POD CONTAINER IMAGE REPLICASET KUBEVIRT SERVICEACCOUNT SECRET VERSION',
    'AUTOSCALER WEBHOOK POLICY BINDING QUOTA LIMITRANGE PRIORITYCLASS RUNTIMECLASS APISERVICE',
    'ROLE RESOURCE CONTROLLER WORKLOAD USER PASSWORD REGISTRY TAINT KEY VALUE CONTEXT FILE FINALIZER REVISION',
  ].flatMap((words) => words.split(' ')),
);

const VERBS = [
  'annotate apply auth config create delete describe edit get label logs',
  'patch rollout scale set taint top uncordon version virtop',
].flatMap((words) => words.split(' '));

/** A word in capitals, not part of another word. */
const CAPITALS = /(?<![\w.])[A-Z]{3,}(?![\w])/g;
const codes = CAUSES.map(({ code }) => code);

test('a code is a cause of access or a rule, not both', () => {
  assert.equal(
    codes.filter((code, index) => codes.indexOf(code) !== index),
    [],
  );
});

for (const { code, meaning, impact, evidence, remedy, commands, related } of CAUSES) {
  test(`${code} says all that explain shows, in whole sentences`, () => {
    for (const text of [meaning, impact, evidence, remedy]) assert.match(text, /^[A-Z'\w].{9,}\.$/);
    assert.match(evidence, /[Cc]ertain|[Ll]ikely|[Pp]ossible|APIService/);
    assert.ok(evidence.length <= 420, `its evidence has ${evidence.length} letters`);
    assert.ok(commands.length > 0 && related.length > 0);
  });

  test(`${code} has commands that a shell and kubectl take, those that show before those that mend`, () => {
    for (const command of commands) {
      const verb = /^kubectl (?:-n (?:NAMESPACE|kube-\S+) )?([a-z]+)(?: |$)/.exec(command)?.[1] ?? command;
      assert.ok(VERBS.includes(verb), `no verb of kubectl: ${verb}`);
      assert.ok(isQuoted(command), `a quote is left open: ${command}`);
      const unknown = (command.match(CAPITALS) ?? []).filter((word) => !PLACEHOLDERS.has(word));
      assert.equal(unknown, [], `not among the placeholders: ${command}`);
    }
    const kinds = commands.map((command) => mends({ command }));
    assert.equal(kinds, kinds.toSorted());
    assert.is(kinds[0], false);
  });

  test(`${code} is related to others that exist`, () => {
    assert.equal(new Set(related).size, related.length);
    for (const other of related) assert.ok(other !== code && codes.includes(other), `there is no other cause ${other}`);
  });
}

/** Whether every quote that a shell would see is closed again. */
function isQuoted(command: string): boolean {
  return (
    command
      .replace(/'[^']*'/g, '')
      .replace(/"[^"]*"/g, '')
      .search(/['"]/) < 0
  );
}

test('the command of every recorded cause is among those that its rule explains', () => {
  const fixtures = new URL('../fixtures/', import.meta.url);
  const strangers = readdirSync(fixtures).flatMap((name) => {
    const report: OperatorReport = JSON.parse(readFileSync(new URL(`${name}/report.json`, fixtures), 'utf8'));
    return [...report.causes, ...report.findings].flatMap(unexplained).map((line) => `${name}: ${line}`);
  });
  assert.equal(strangers, []);
});

function unexplained({ code, mitigation }: Finding): string[] {
  const lines = mitigation?.command.split(/\n| && /) ?? [];
  const patterns = CAUSES.find((one) => one.code === code)?.commands.map(pattern) ?? [];
  return lines.filter((line) => !patterns.some((one) => one.test(line))).map((line) => `${code}: ${line}`);
}

/** A command with names in the place of what a person fills in; a number of replicas is a name as well. */
function pattern(command: string): RegExp {
  const escaped = command.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/--replicas=\d+/, '--replicas=\\d+');
  return new RegExp(`^${escaped.replace(CAPITALS, '\\S+(?: \\S+)*')}$`);
}

test.run();
