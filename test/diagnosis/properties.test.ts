import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { askArchive } from '../../src/archive/store.ts';
import { ACCESS_CAUSES } from '../../src/diagnosis/access/causes.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { OperatorReport } from '../../src/model/report.ts';
import type { Answer, Ask } from '../../src/model/request.ts';
import { suite } from '../helpers/suite.ts';
import { mutation } from './mutation.ts';
import { type Answered, answered, holds, printed } from './properties.ts';
import { reordered } from './reordered.ts';

const test = suite('properties of the diagnosis', { seconds: 3600 });
const some = fc.array(mutation, { minLength: 1, maxLength: 4 });
const few = fc.array(mutation, { maxLength: 2 });
const nothing = fc.constant(null);

/** Without these nothing may be called healthy. */
const REQUIRED = ['namespace', 'deployment', 'replicaSets', 'pods', 'operatorLease'] as const;
const BUDGET_MS = 50;

test('whatever is in the objects, there is an answer, it is printed, and it is healthy only where all was read', async () => {
  const times: number[] = [];
  await holds(1200, { mutations: some, extra: nothing }, async (archive) => {
    const answer = await answered(archive);
    times.push(answer.milliseconds);
    const broken = answer.report.notChecked.filter(({ why }) => why.includes('please report this'));
    assert.equal(broken, [], 'a rule failed');
    const texts = printed(answer);
    for (const [format, text] of Object.entries(texts)) assert.ok(text.length < 1_000_000, `${format} is endless`);
    const all = Object.values(texts).join('');
    for (const slip of ['undefined', 'NaN', '[object ']) assert.not.ok(all.includes(slip), `${slip} is printed`);
    if (answer.report.verdict === 'healthy') assert.equal(unread(answer), []);
  });
  const slowest = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.9)] ?? Number.NaN;
  assert.ok(slowest < BUDGET_MS, `one report in ten takes more than ${slowest.toFixed(0)} ms`);
});

test('any order of lists gives the same report', () =>
  holds(300, { mutations: few, extra: fc.nat() }, async (archive, seed) => {
    const [first, second] = [await answered(archive), await answered(reordered(archive, seed))];
    assert.equal(second.report, first.report);
    assert.equal(printed(second).text, printed(first).text);
  }));

test('what is not read adds no certainty', () => {
  const extra = fc.record({ which: fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), forbidden: fc.boolean() });
  return holds(600, { mutations: few, extra }, async (archive, { which, forbidden }) => {
    const asked: string[] = [];
    const before = await answered(archive, (request) => {
      asked.push(request.path);
      return askArchive(archive)(request);
    });
    const refused = which.map((one) => asked[one % asked.length]);
    const answer: Answer = forbidden
      ? { status: 'forbidden', message: 'no' }
      : { status: 'failed', reason: 'timeout', message: 'no answer' };
    const ask: Ask = async (request) => {
      const usual = await askArchive(archive)(request);
      return refused.includes(request.path) ? { ...answer, date: usual.date ?? '' } : usual;
    };
    const after = await answered(archive, ask);
    const wrong = complaints(before.report, after);
    assert.equal(wrong, [], `${wrong.join(', ')} without ${refused.join(', ')}`);
  });
});

const ACCESS_CODES = ACCESS_CAUSES.map(({ code }) => code);
const RANK = { possible: 1, likely: 2, certain: 3 };

/** Where the lease or the pods were not read it is open who leads, but not what was seen to be wrong: that is at least a degradation. */
function complaints(before: OperatorReport, { report: after, evidence }: Answered): string[] {
  const known = new Map(all(before).map((one) => [one.code, RANK[one.confidence]]));
  const folded = before.causes.flatMap((cause) => cause.consequences);
  const surer = all(after).filter((one) => {
    // That a read was refused is certain, and says nothing of the operator.
    if (ACCESS_CODES.includes(one.code)) return false;
    const rank = RANK[one.confidence];
    const was = known.get(one.code);
    return was === undefined ? rank === RANK.certain && !folded.includes(one.code) : rank > was;
  });
  const { operatorLease, pods } = evidence.reads;
  const leaderUnknown = operatorLease.status !== 'read' || pods.status !== 'read';
  const verdicts =
    [before.verdict, 'incomplete'].includes(after.verdict) ||
    (before.verdict === 'down' && after.verdict === 'degraded' && leaderUnknown);
  return [
    ...surer.map(({ code, confidence }) => `${code} became ${confidence}`),
    ...(verdicts ? [] : [`${before.verdict} became ${after.verdict}`]),
  ];
}

function all({ causes, findings }: OperatorReport): Finding[] {
  return [...causes, ...findings];
}

function unread({ evidence }: Answered): string[] {
  return REQUIRED.filter((key) => {
    const read = evidence.reads[key];
    return read.status !== 'read' || read.odd !== undefined;
  });
}

test.run();
