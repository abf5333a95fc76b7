import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { rules } from '../../src/rules/index.ts';
import { fixtureEvidence, fixtureNames } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';
import { DECLARED } from './confusion.ts';

const test = suite('every rule on every fixture');
const names = fixtureNames();
const codes = rules.map(({ code }) => code);

interface Row {
  fixture: string;
  roots: string[];
  /** All that was said of it: roots, consequences, findings. */
  seen: string[];
}

let rows: Row[] = [];
test.before(async () => {
  rows = await Promise.all(
    names.map(async (fixture) => {
      const { causes, findings } = operatorReport(await fixtureEvidence(fixture, undefined, 'all'));
      const roots = causes.map(({ code }) => code);
      const seen = [...roots, ...causes.flatMap((cause) => cause.consequences), ...findings.map(({ code }) => code)];
      return { fixture, roots, seen };
    }),
  );
});

function pairs(): string[] {
  return rows.flatMap(({ fixture, roots }) =>
    roots.filter((rule) => rule !== fixture).map((rule) => pair({ fixture, rule })),
  );
}

function pair({ fixture, rule }: { fixture: string; rule: string }): string {
  return `{ fixture: '${fixture}', rule: '${rule}' }`;
}

test('no rule is the root cause of what another rule is about', () => {
  const declared = DECLARED.map(pair);
  const confused = pairs().filter((one) => !declared.includes(one));
  assert.equal(confused, [], 'a wrong root cause, or a pair to declare with its reason in test/rules/confusion.ts');
});

test('every declared pair still comes out, once, with a reason', () => {
  const happened = pairs();
  const stale = DECLARED.map(pair).filter((one, index, all) => !happened.includes(one) || all.indexOf(one) !== index);
  assert.equal(stale, [], 'no longer a root cause there, or declared twice: remove it from test/rules/confusion.ts');
  for (const { fixture, rule, reason } of DECLARED) assert.match(reason, /\w{3}/, pair({ fixture, rule }));
});

test('every rule sees the cluster that is named after it', () => {
  const blind = rows.filter(({ fixture, seen }) => codes.includes(fixture) && !seen.includes(fixture));
  assert.equal(
    blind.map(({ fixture }) => fixture),
    [],
  );
});

test('the matrix in one line', () => {
  const own = rows.filter(({ fixture, roots }) => roots.includes(fixture)).length;
  const roots = new Set(rows.flatMap((row) => row.roots));
  const never = codes.filter((code) => !roots.has(code));
  const line = `${names.length} fixtures × ${codes.length} rules: ${own} root causes of their own fixture, ${DECLARED.length} declared pairs`;
  console.log(`\n  ${line}; never a root cause: ${never.join(', ')}`);
  assert.is(pairs().length, DECLARED.length, line);
});

test.run();
