import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Rule } from '../../src/model/rule.ts';
import { RUNGS } from '../../src/model/rung.ts';

interface FixtureHeader {
  origin: string;
  kubernetes: string;
  kubevirt?: string;
}

/** The text of docs/rules.md: what each rule says about itself, in the order of the ladder. */
export function rulePage(rules: Rule[], fixtures: string): string {
  const rungs = RUNGS.map((rung) => ({ rung, members: rules.filter((rule) => rule.rung === rung) }));
  const filled = rungs.filter(({ members }) => members.length > 0);
  return [
    '<!-- Generated from src/rules/ by `npm run generate`: do not edit. -->',
    '# Root causes',
    '',
    'The causes are tried in this order: the first rung that accounts for all missing replicas is the cause, and what',
    'follows from it is told as its consequence.',
    '',
    ...filled.map(
      ({ rung, members }) => `- **${rung}**: ${members.map((rule) => `[${rule.code}](#${rule.code})`).join(', ')}`,
    ),
    ...filled.flatMap(({ rung, members }) => ['', `## ${rung}`, ...members.flatMap((rule) => section(rule, fixtures))]),
    '',
  ].join('\n');
}

function section(rule: Rule, fixtures: string): string[] {
  const wants = rule.wants ?? [];
  return [
    '',
    `### ${rule.code}`,
    '',
    `${rule.meaning}`,
    '',
    `- **Severity**: ${rule.severity}`,
    `- **Impact**: ${rule.impact}`,
    `- **Recognised from**: ${rule.needs.join(', ')}${wants.length > 0 ? `; also looks at ${wants.join(', ')}` : ''}`,
    `- **Remedy**: ${rule.remedy}`,
    `- **Example**: ${example(join(fixtures, rule.code, 'cluster.yaml'))}`,
  ];
}

/** Where the fixture comes from: the head of its file, before the objects. */
function example(path: string): string {
  if (!existsSync(path)) return 'none yet';
  const [head = ''] = readFileSync(path, 'utf8').split(/^objects:/m);
  const { origin, kubernetes, kubevirt }: FixtureHeader = parse(head);
  const installed = kubevirt ? `with KubeVirt ${kubevirt}` : 'without KubeVirt';
  return `${origin === 'recorded' ? 'recorded from' : 'written by hand for'} Kubernetes ${kubernetes} ${installed}`;
}
