import * as assert from 'uvu/assert';
import type { Observed } from '../../src/diagnosis/evaluate.ts';
import { findRoots } from '../../src/diagnosis/roots.ts';
import type { Observation } from '../../src/model/finding.ts';
import type { Rule } from '../../src/model/rule.ts';
import { suite } from '../helpers/suite.ts';
import { observation, rule } from './rules.ts';

const test = suite('roots');

function seen(
  code: string,
  explains: string[],
  about: Partial<Pick<Rule, 'rung' | 'order'>>,
  changes: Partial<Observation> = {},
): Observed {
  return { rule: rule(code, { ...about }), observation: observation({ explains, ...changes }) };
}

/** Each cause with its consequences, then what comes next, if anything, and the findings. */
function rootsOf(gaps: string[], ...observed: Observed[]): unknown {
  const { causes, next, findings } = findRoots(gaps, observed, true);
  const codes = (some: Observed[]) => some.map((one) => one.rule.code);
  return {
    causes: causes.map(({ root, consequences }) => codes([root, ...consequences])),
    ...(next.length > 0 && { next: codes(next) }),
    findings: codes(findings),
  };
}

const A = 'uncreated/0';
const B = 'pod/b';

test('without a gap everything is a finding', () => {
  assert.equal(rootsOf([], seen('one', [A], { rung: 'namespace' })), { causes: [], findings: ['one'] });
});

test('the earlier rung is the root, the later one follows from it', () => {
  const observed = [seen('late', [A], { rung: 'scheduling' }), seen('early', [A], { rung: 'namespace' })];
  assert.equal(rootsOf([A], ...observed), { causes: [['early', 'late']], findings: [] });
});

test('on one rung the order decides, and the other stops the pods next', () => {
  const observed = [
    seen('second', [A], { rung: 'replicaset', order: 20 }),
    seen('first', [A], { rung: 'replicaset', order: 10 }),
  ];
  assert.equal(rootsOf([A], ...observed), { causes: [['first']], next: ['second'], findings: [] });
});

test('what the API server names comes before any order on its rung, but not before an earlier rung', () => {
  const told = seen('told', [A], { rung: 'replicaset', order: 90 }, { told: true });
  assert.equal(rootsOf([A], seen('first', [A], { rung: 'replicaset', order: 10 }), told), {
    causes: [['told']],
    next: ['first'],
    findings: [],
  });
  assert.equal(rootsOf([A], seen('early', [A], { rung: 'namespace' }), told), {
    causes: [['early', 'told']],
    findings: [],
  });
});

test("the API server's words alone do not beat what objects prove on the same rung", () => {
  const told = seen('told', [A], { rung: 'replicaset', order: 90 }, { told: true, confidence: 'likely' });
  assert.equal(rootsOf([A], seen('first', [A], { rung: 'replicaset', order: 10 }), told), {
    causes: [['first']],
    findings: ['told'],
  });
});

test('two on the same place are causes side by side', () => {
  const observed = [seen('y', [A], { rung: 'scheduling' }), seen('x', [A], { rung: 'scheduling' })];
  assert.equal(rootsOf([A], ...observed), { causes: [['x'], ['y']], findings: [] });
});

test('each gap has its own root; the one that accounts for more comes first', () => {
  const observed = [seen('early', [A], { rung: 'namespace' }), seen('late', [B, 'pod/c'], { rung: 'scheduling' })];
  assert.equal(rootsOf([A, B, 'pod/c'], ...observed), { causes: [['late'], ['early']], findings: [] });
});

test('a root that also follows from another one stays a root', () => {
  const observed = [seen('early', [A], { rung: 'namespace' }), seen('late', [A, B], { rung: 'scheduling' })];
  assert.equal(rootsOf([A, B], ...observed), { causes: [['early'], ['late']], findings: [] });
});

test('a possibility never beats something surer, and stands where there is nothing else', () => {
  const possible = seen('maybe', [A], { rung: 'namespace' }, { confidence: 'possible' });
  const { causes } = findRoots(
    [A],
    [possible, seen('sure', [A], { rung: 'scheduling' }, { confidence: 'likely' })],
    true,
  );
  assert.equal(
    causes.map(({ root }) => root.rule.code),
    ['sure'],
  );
  assert.equal(rootsOf([A], possible), { causes: [['maybe']], findings: [] });
});

test('what explains nothing that is missing is a finding', () => {
  const observed = [
    seen('root', [A], { rung: 'namespace' }),
    seen('other', ['leader'], { rung: 'leader' }),
    seen('mere', [], { rung: 'deployment' }),
  ];
  assert.equal(rootsOf([A], ...observed), { causes: [['root']], findings: ['mere', 'other'] });
});

const LED = seen('idle', ['leader'], { rung: 'leader' });

test('that nobody leads comes before a roll-out and a replica that lack something else', () => {
  const blocked = seen('blocked', [A, 'rollout'], { rung: 'replicaset' });
  assert.equal(rootsOf([A, 'rollout', 'leader'], blocked, LED), { causes: [['idle'], ['blocked']], findings: [] });
  const maybe = seen('idle', ['leader'], { rung: 'leader' }, { confidence: 'possible' });
  assert.equal(rootsOf([A, 'rollout', 'leader'], blocked, maybe), { causes: [['blocked'], ['idle']], findings: [] });
});

test('what ends the other pod, of the present template, comes before that', () => {
  const crash = (...gaps: string[]) => seen('crash', gaps, { rung: 'container-run' });
  assert.equal(rootsOf([B, 'leader'], crash(B), LED), { causes: [['crash'], ['idle']], findings: [] });
  const upgrade = rootsOf([B, 'rollout', 'leader'], crash(B, 'rollout'), LED);
  assert.equal(upgrade, { causes: [['idle'], ['crash']], findings: [] });
});

test('a node that is gone does not follow from what is not installed', () => {
  const missing = seen('missing', ['leader'], { rung: 'install' });
  const lost = (kind: string) =>
    seen('lost', ['leader'], { rung: 'node' }, { object: { kind, namespace: null, name: 'x' } });
  assert.equal(rootsOf(['leader'], missing, lost('Node')), { causes: [['missing']], next: ['lost'], findings: [] });
  assert.equal(rootsOf(['leader'], missing, lost('Pod')), { causes: [['missing', 'lost']], findings: [] });
});

test('where nobody ever led, what keeps a pod away or holds up a roll-out comes before that', () => {
  const missing = seen('missing', ['leader', 'resource'], { rung: 'install' });
  for (const gap of [A, B, 'rollout']) {
    const observed = [missing, seen('blocked', [gap], { rung: 'replicaset' })];
    const { causes } = findRoots([gap, 'leader'], observed, false);
    assert.equal(
      causes.map(({ root }) => root.rule.code),
      ['blocked', 'missing'],
    );
  }
});

test.run();
