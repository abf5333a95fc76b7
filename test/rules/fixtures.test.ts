import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { exitCode } from '../../src/commands/exit-code.ts';
import { operatorReport } from '../../src/commands/operator-report.ts';
import type { Output } from '../../src/model/line.ts';
import { jsonDocument } from '../../src/report/json.ts';
import { text } from '../../src/report/text.ts';
import { rules } from '../../src/rules/index.ts';
import { plain } from '../../src/terminal/color.ts';
import { format } from '../../src/terminal/print.ts';
import { type Scenario, scenario } from '../cluster/scenario.ts';
import { fixtureArchive, fixtureEvidence, fixtureNames, fixturePath } from '../helpers/fixture.ts';
import { matchesGolden } from '../helpers/golden.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('fixtures');
const names = fixtureNames();
const scenarios = namesIn('../cluster/scenarios/').map((file) => file.replace(/\.ts$/, ''));
function namesIn(folder: string): string[] {
  const path = new URL(folder, import.meta.url);
  return existsSync(path) ? readdirSync(path).sort() : [];
}

function shown(output: Output): string {
  return output.kind === 'document' ? output.text : format(output.lines, { columns: 80, paint: plain, ascii: false });
}

/** What a fixture must answer: its scenario says so, or, where none makes it on a real cluster, its own header. */
async function expectation(name: string): Promise<Scenario['expects']> {
  if (scenarios.includes(name)) return (await scenario(name)).expects;
  const { expects } = parse(readFileSync(fixturePath(name), 'utf8'));
  assert.ok(expects, `neither test/cluster/scenarios/${name}.ts nor the fixture's header says what it expects`);
  return expects;
}

for (const name of names) {
  test(`${name} is answered as expected`, async () => {
    const report = operatorReport(await fixtureEvidence(name));
    const answered = {
      verdict: report.verdict,
      exitCode: exitCode(report, 'incomplete'),
      cause: report.causes[0]?.code ?? null,
    };
    assert.equal(answered, await expectation(name));
  });

  test(`${name} gives the report beside it`, async () => {
    const evidence = await fixtureEvidence(name);
    const report = operatorReport(evidence);
    matchesGolden(fixturePath(name, 'report.json'), shown(jsonDocument(report)));
    matchesGolden(fixturePath(name, 'report.txt'), shown(text({ report, evidence })));
  });

  test(`${name} costs at most 32 requests`, async () => {
    const { log } = await fixtureEvidence(name);
    assert.ok(log.length <= 32, `${log.length} requests`);
  });

  test(`${name} says where it comes from`, async () => {
    const { origin, kubernetes, kubevirt } = fixtureArchive(name).about;
    const isRecorded = scenarios.includes(name) && !(await scenario(name)).written;
    assert.is(origin, isRecorded ? 'recorded' : 'written');
    assert.match(kubernetes ?? '', /^v1\.\d+\.\d+$/);
    assert.ok(kubevirt !== null || name === 'kubevirt-not-installed', 'no KubeVirt version');
  });
}

/** What writes in place of a kubelet or a container runtime. */
const IN_PLACE =
  /\b(breakNewPods|crashAgainAndAgain|crashEvents|crashOperatorContainers|endOfBareOperator|evict|exceedDeadline|failImagePulls|imagePullEvents|installUnpullable|kubeletEvents|setNodeCondition|writeContainerLog)\b/;

test('a scenario says so where it writes what a kubelet would say', async () => {
  for (const name of scenarios) {
    const source = readFileSync(new URL(`../cluster/scenarios/${name}.ts`, import.meta.url), 'utf8');
    const like = /from '\.\/(.*)\.ts'/.exec(source)?.[1];
    const isWritten = IN_PLACE.test(source) || (like !== undefined && (await scenario(like)).written === true);
    assert.is((await scenario(name)).written === true, isWritten, name);
  }
});

test('every scenario and every rule is recorded', () => {
  const wanted = new Set([...scenarios, ...rules.map(({ code }) => code)]);
  const missing = [...wanted].filter((name) => !names.includes(name)).sort();
  assert.equal(missing, [], `no fixture: npm run record -- ${missing.join(' ')}`);
});

test.run();
