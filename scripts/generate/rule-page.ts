import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Cause } from '../../src/model/cause.ts';
import type { Rule } from '../../src/model/rule.ts';
import { RUNGS } from '../../src/model/rung.ts';
import { byRung, relatedTo } from '../../src/report/explanation.ts';

interface FixtureHeader {
  origin: string;
  kubernetes: string;
  kubevirt?: string;
}

/** The text of docs/rules.md: what each cause says about itself, in the order of the ladder. */
export function rulePage(rules: readonly Rule[], access: readonly Cause[], fixtures: string): string {
  const causes = byRung([...access, ...rules]);
  const rungs = RUNGS.map((rung) => ({ rung, members: causes.filter((one) => one.rung === rung) }));
  const filled = rungs.filter(({ members }) => members.length > 0);
  return [
    '<!-- Generated from src/rules/ and src/diagnosis/access/ by `npm run generate`: do not edit. -->',
    '# Root causes',
    '',
    'The causes are tried in this order: the first rung that accounts for all missing replicas is the cause, and what',
    'follows from it is told as its consequence. `kubectl virtop explain CODE` tells the same offline; what a person fills',
    'in is in capitals.',
    '',
    ...filled.map(({ rung, members }) => `- **${rung}**: ${members.map(({ code }) => link(code)).join(', ')}`),
    ...filled.flatMap(({ rung, members }) => [
      '',
      `## ${rung}`,
      ...members.flatMap((cause) => section(cause, relatedTo(cause, causes), sources(rules, cause, fixtures))),
    ]),
    '',
  ].join('\n');
}

function section(cause: Cause, related: string[], more: string[]): string[] {
  return [
    '',
    `### ${cause.code}`,
    '',
    `${cause.meaning}`,
    '',
    `- **Severity**: ${cause.severity}, **rung**: ${cause.rung}`,
    `- **Impact**: ${cause.impact}`,
    `- **Recognised**: ${cause.evidence}`,
    `- **Remedy**: ${cause.remedy}`,
    `- **Related**: ${related.map(link).join(', ')}`,
    ...more,
    '',
    '```sh',
    ...cause.commands,
    '```',
  ];
}

function link(code: string): string {
  return `[${code}](#${code})`;
}

/** What a rule reads, and where its example comes from; causes of access have neither. */
function sources(rules: readonly Rule[], { code }: Cause, fixtures: string): string[] {
  const rule = rules.find((one) => one.code === code);
  if (!rule) return [];
  const wants = rule.wants ?? [];
  return [
    `- **Reads**: ${rule.needs.join(', ')}${wants.length > 0 ? `; also looks at ${wants.join(', ')}` : ''}`,
    `- **Example**: ${example(join(fixtures, code, 'cluster.yaml'))}`,
  ];
}

/** Where the fixture comes from: the head of its file, before the objects. */
function example(path: string): string {
  if (!existsSync(path)) return 'none yet';
  const [head = ''] = readFileSync(path, 'utf8').split(/^objects:/m);
  const { origin, kubernetes, kubevirt }: FixtureHeader = parse(head);
  const installed = kubevirt ? `with KubeVirt ${kubevirt}` : 'without KubeVirt';
  return `${origin === 'recorded' ? 'recorded from' : 'written, where no part of the test cluster says it, for'} Kubernetes ${kubernetes} ${installed}`;
}
