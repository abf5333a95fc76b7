import * as assert from 'uvu/assert';
import { run } from '../../../src/cli.ts';
import { type Options, parseOptions } from '../../../src/commands/flags/parse-options.ts';
import { openLines } from '../../../src/commands/watch/watch-lines.ts';
import { openScreen } from '../../../src/commands/watch/watch-screen.ts';
import type { Seen } from '../../../src/commands/watch/watch-status.ts';
import { AccessError } from '../../../src/model/errors.ts';
import type { OperatorReport } from '../../../src/model/report.ts';
import { healthyCluster } from '../../helpers/cluster.ts';
import { sink, testIo } from '../../helpers/io.ts';
import { published } from '../../helpers/schema.ts';
import { suite } from '../../helpers/suite.ts';
import { evidence, finding, report } from '../../helpers/view.ts';

const test = suite('status --watch');
const EVIDENCE = await evidence(healthyCluster());
const GONE = new AccessError('api-unreachable', 'cannot reach \u001b[2Jhttps://10.0.0.1:6443; check the network');

function seen(changes: Partial<OperatorReport> = {}, isGone = false): Seen {
  const trouble = isGone ? { error: GONE, since: '2026-03-01T03:00:10Z' } : null;
  return { look: { evidence: EVIDENCE, report: report(changes) }, trouble };
}

const DOWN: Partial<OperatorReport> = { verdict: 'down', causes: [finding()] };
const STORY = [
  seen(DOWN),
  seen({ ...DOWN, readAt: '2026-03-01T03:00:05Z' }),
  seen(DOWN, true),
  seen({ verdict: 'down', causes: [finding({ code: 'cordoned', title: 'Node cp-0 is cordoned' })] }),
  seen(),
];

function printed(options: Partial<Options>): string {
  const io = testIo();
  const show = openLines({ ...parseOptions({}), ...options }, io);
  for (const one of STORY) show(one);
  return io.stdout.text;
}

test('without a terminal each change is one short line with its time', () => {
  const down = 'DOWN virt-operator: 2/2 ready in namespace kubevirt';
  assert.equal(printed({}).trimEnd().split('\n'), [
    `2026-03-01T03:00:00Z ${down}; Deployment virt-operator is scaled to 0 replicas`,
    '2026-03-01T03:00:10Z NO ANSWER cannot reach ^[[2Jhttps://10.0.0.1:6443',
    `2026-03-01T03:00:00Z ${down}; Node cp-0 is cordoned`,
    '2026-03-01T03:00:00Z HEALTHY 2/2 ready, leader virt-operator-1-a renewed 3s ago',
  ]);
});

test('with -o json each change is one document in one line', () => {
  const documents = printed({ output: 'json' })
    .trimEnd()
    .split('\n')
    .map((text) => published('report', text));
  assert.equal(
    documents.map(({ verdict, causes }) => [verdict, causes[0]?.code]),
    [
      ['down', 'deployment-scaled-to-zero'],
      ['incomplete', 'api-unreachable'],
      ['down', 'cordoned'],
      ['healthy', undefined],
    ],
  );
});

test('YAML documents have a line between them, and a template prints for each change', () => {
  assert.is(printed({ output: 'yaml' }).match(/^---$/gm)?.length, 4);
  assert.is(printed({ output: 'jsonpath', template: '{.verdict} ' }), 'down incomplete down healthy ');
});

test('a template that finds nothing in a later answer says so, and watching goes on; in the first one it is an error', () => {
  const io = testIo();
  const show = openLines({ ...parseOptions({}), output: 'jsonpath', template: '{.causes[0].code} ' }, io);
  for (const one of [seen(DOWN), seen(), seen(DOWN)]) show(one);
  assert.is(io.stdout.text, 'deployment-scaled-to-zero deployment-scaled-to-zero ');
  assert.match(io.stderr.text, /^error: error executing jsonpath .*array index out of bounds: index 0, length 0\n$/);
  const first = openLines({ ...parseOptions({}), output: 'jsonpath', template: '{.causes[0].code}' }, testIo());
  assert.throws(() => first(seen()), /array index out of bounds/);
});

test('on a terminal the page stays in place, and what it last said stays behind', () => {
  const ended: (() => void)[] = [];
  const stdout = Object.assign(sink(60), { rows: 40 });
  const io = { ...testIo(), stdout, atEnd: (action: () => void) => ended.push(action) };
  const { show, close } = openScreen(parseOptions({ color: 'never' }), io);
  show(seen(DOWN));
  show(seen(DOWN, true));
  assert.is(stdout.text.split('\u001b[?1049h\u001b[?25l').length, 2);
  assert.is(stdout.text.split('\u001b[H').length, 4);
  assert.match(stdout.text, 'NO ANSWER');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a cluster says may not move the cursor.
  assert.not.match(stdout.text, /\u001b\[2J/);
  const drawn = stdout.text.length;
  for (const action of ended) action();
  close();
  const left = stdout.text.slice(drawn);
  assert.ok(left.startsWith('\u001b[?1049l\u001b[?25hNO ANSWER since 2026-03-01T03:00:10Z, trying again'), left);
  assert.match(left, '\nDOWN      virt-operator');
  assert.is(left.split('NO ANSWER').length, 2);
});

test('a small terminal gets what it has room for', () => {
  const stdout = Object.assign(sink(30), { rows: 6 });
  const { show, close } = openScreen(parseOptions({ color: 'never' }), { ...testIo(), stdout });
  show(seen(DOWN));
  const page = stdout.text.slice(stdout.text.lastIndexOf('\u001b[H'));
  assert.is(page.split('\n').length, 6);
  assert.match(page.replaceAll('\u001b', ''), /\n\(\d+ more\)\[K\[J$/);
  close();
});

test('what makes no sense while watching is refused', async () => {
  const cases: [args: string[], message: RegExp][] = [
    [['--from', 'x'], /^error: --watch and --from contradict each other: saved objects do not change/],
    [['-q'], /^error: --watch and --quiet contradict each other: watching only prints/],
    [['--all-contexts'], /^error: --watch and --all-contexts contradict each other/],
    [['-o', 'junit'], /^error: --watch prints no junit; use one of text, wide, json, yaml, jsonpath/],
  ];
  for (const [args, message] of cases) {
    const io = testIo();
    assert.is(await run(['status', '-w', ...args], 'kubectl virtop', io), 2);
    assert.match(io.stderr.text, message);
  }
});

test.run();
