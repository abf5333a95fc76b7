import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { describeView } from '../../src/report/describe/describe.ts';
import { plain } from '../../src/terminal/color.ts';
import { format } from '../../src/terminal/print.ts';
import type { TestObject } from '../helpers/cluster.ts';
import { fixtureEvidence } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, otherPod, saying, tainted, waiting } from '../rules/nodes.ts';
import { evidenceOf, installed, patched } from '../rules/outage.ts';

const test = suite('the table of nodes');
const ROOM = { status: { allocatable: { cpu: '2', memory: '8Gi', pods: '110' } } };
const CROWDED = '0/3 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable.';
const cordon = { spec: { unschedulable: true } };

/** The lines of `describe` about these nodes. */
async function nodes(objects: TestObject[], subject = 'nodes', columns = 110): Promise<string[]> {
  return shown(await evidenceOf(objects), subject, columns);
}

function shown(evidence: Evidence, subject: string, columns = 110): string[] {
  const output = describeView({ report: operatorReport(evidence), evidence }, subject);
  assert.ok(output.kind === 'lines');
  const all = format(output.lines, { columns, paint: plain, ascii: false }).split('\n');
  return all.slice(all.findIndex((line) => line.startsWith('Nodes'))).filter((line) => line !== '');
}

const holder = otherPod('big', 'cp-0', {
  containers: [{ name: 'x', resources: { requests: { cpu: '90m', memory: '7992Mi' } } }],
});

test('one row for each candidate, with the arithmetic, and the others counted', async () => {
  const cluster = patched(onBoth(waiting(CROWDED), ROOM), 'Node/cp-1', cordon);
  const [heading, ...rows] = await nodes([...cluster, holder]);
  assert.is(heading, 'Nodes (the next operator pod asks for 10m cpu, 450Mi memory):');
  assert.equal(rows, [
    '  NODE   STATUS                     TAINTS   AFFINITY   CPU               MEMORY              PODS    VERDICT',
    '  cp-0   Ready                      none     ok         1910m free of 2   200Mi free of 8Gi   1/110   too little memory',
    '      memory: 450Mi asked, 200Mi free of 8Gi',
    '  cp-1   Ready,SchedulingDisabled   none     ok         2 free of 2       8Gi free of 8Gi     0/110   cordoned',
    '  1 other node is not for it: node affinity',
  ]);
});

test('a node that would take the pod fits', async () => {
  const cluster = patched(onBoth(waiting(CROWDED), ROOM), 'Node/cp-1', cordon);
  assert.match((await nodes(cluster))[2] ?? '', /cp-0 .*8Gi free of 8Gi +0\/110 +fits$/);
});

for (const fixture of ['cordoned', 'quota-exceeded', 'healthy']) {
  test(`of a cluster that is ${fixture} describe shows the room on each candidate`, async () => {
    const rows = shown(await fixtureEvidence(fixture, undefined, 'all'), 'nodes').filter((row) => /^ {2}cp-/.test(row));
    assert.equal(
      rows.map((row) => / ok +\d+m? free of 4 +[\d.]+Gi free of 8Gi +\d\/110 /.test(row)),
      [true, true, true],
    );
  });
}

test('where the pods on nodes were not read, room is not guessed', async () => {
  const rows = await nodes(onBoth(installed(), ROOM));
  assert.match(rows[2] ?? '', /^ {2}cp-0 +Ready +none +ok +not read +not read +not read +not known$/);
});

test('one node, with all that stands in its way, roots first', async () => {
  const taints = [
    ...(tainted('unreachable') as { spec: { taints: object[] } }).spec.taints,
    { key: 'dedicated', value: 'infrastructure', effect: 'NoSchedule' },
  ];
  const dead = patched(installed(), 'Node/cp-1', {
    ...saying('Ready', 'Unknown'),
    spec: { unschedulable: true, taints },
  });
  const rows = await nodes(dead, 'node/cp-1');
  assert.is(rows.length, 4);
  assert.match(rows[2] ?? '', /^ {2}cp-1 +NotReady,SchedulingDisabled +2 taints +ok +.* +cordoned$/);
  assert.is(rows[3], '      its kubelet reports nothing; taint dedicated=infrastructure:NoSchedule is not tolerated');
});

test('a node that is read though the affinity leaves it out comes last, with what it lacks', async () => {
  const [bound] = patched(installed(), 'Pod/virt-operator-1-a', { spec: { nodeName: 'worker-0' } }).filter(
    ({ metadata }) => metadata?.name === 'virt-operator-1-a',
  );
  const rows = await nodes([
    ...installed().filter(({ metadata }) => metadata?.name !== 'virt-operator-1-a'),
    bound as TestObject,
  ]);
  assert.match(rows[4] ?? '', /^ {2}worker-0 +Ready +none +no +not read .* node affinity$/);
  assert.is(rows[5], '      lacks node-role.kubernetes.io/control-plane');
});

test('rows stay whole on a narrow terminal', async () => {
  const rows = await nodes(onBoth(waiting(CROWDED), ROOM), 'nodes', 40);
  assert.match(rows.find((row) => row.startsWith('  cp-0')) ?? '', /fits$/);
});

test.run();
