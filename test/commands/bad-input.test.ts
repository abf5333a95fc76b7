import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { run } from '../../src/cli.ts';
import { archiveOf, object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { answer } from '../helpers/faults.ts';
import { testIo } from '../helpers/io.ts';
import { startServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';
import { crashingPod, event, failedCreate, installed, patched, without } from '../rules/outage.ts';

const test = suite('bad input', { seconds: 120 });
const folder = mkdtempSync(join(tmpdir(), 'virtop-'));
test.after(() => rmSync(folder, { recursive: true }));

const noPods = without(installed(), 'Pod');
const LONG = 'virt-operator, ('.repeat(5 * 65_536);
const FUTURE = '2199-01-01T00:00:00Z';
const ZERO = '0001-01-01T00:00:00Z';

const quota = object(
  'v1',
  'ResourceQuota',
  { name: 'q', namespace: 'kubevirt' },
  { status: { hard: { pods: '2' }, used: { pods: '2' } } },
);
const manyEvents = Array.from({ length: 10_000 }, (_, index) =>
  event(`aaa.${index}`, 'Pod', `other-${index % 100}`, {
    reason: 'BackOff',
    message: 'x',
    time: '2026-03-01T02:00:00Z',
  }),
);
const evicted = Array.from({ length: 1000 }, (_, index) =>
  operatorPod(`virt-operator-0-${String(index).padStart(4, '0')}`, 'cp-0', 'kubevirt', {
    status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
  }),
);
const long = { message: LONG, reason: 'Error' };

interface Case {
  objects: TestObject[];
  code: number;
  says: RegExp;
}

const CASES: Record<string, Case> = {
  'the one event that tells is the last of 10,000': {
    objects: [
      ...noPods,
      quota,
      ...manyEvents,
      failedCreate(
        'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
        undefined,
        'zzz',
      ),
    ],
    code: 3,
    says: /quota q(?![\s\S]*NOT READ)/,
  },
  'messages of 5 MB': {
    objects: [
      ...patched(noPods, 'Deployment', { status: { conditions: [{ type: 'Available', status: 'False', ...long }] } }),
      crashingPod('virt-operator-1-a', { message: LONG }),
      crashingPod('virt-operator-1-b', { message: `panic: ${LONG}` }),
      event('a', 'Pod', 'virt-operator-1-a', { reason: 'Unhealthy', message: LONG, time: '2026-03-01T02:59:00Z' }),
    ],
    code: 3,
    says: /^DOWN/,
  },
  '1,000 evicted pods before those that run': {
    objects: [...evicted, ...installed()],
    code: 0,
    says: /^HEALTHY +2\/2/,
  },
  'counts below zero': {
    objects: patched(patched(installed(), 'Deployment', { spec: { replicas: -3 }, status: { replicas: -1 } }), 'Pod', {
      status: { containerStatuses: [{ name: 'virt-operator', restartCount: -9, ready: true }] },
    }),
    code: 5,
    says: /^UNKNOWN[\s\S]*NOT READ[\s\S]*\[virt-operator\]\.spec\.replicas/,
  },
  'a billion replicas': {
    objects: patched(installed(), 'Deployment', { spec: { replicas: 2_000_000_000 } }),
    code: 4,
    says: /^DEGRADED +2\/2000000000/,
  },
  'times that are not set': {
    objects: patched(patched(noPods, 'Lease', { spec: { renewTime: ZERO } }), 'Deployment', {
      metadata: { creationTimestamp: ZERO, deletionTimestamp: ZERO },
    }),
    code: 3,
    says: /^DOWN(?![\s\S]*being deleted)/,
  },
  'times in the future': {
    objects: [
      ...patched(noPods, 'Deployment', { metadata: { creationTimestamp: FUTURE } }),
      crashingPod('virt-operator-1-a', { finishedAt: FUTURE }),
      failedCreate('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2', FUTURE),
    ],
    code: 3,
    says: /^DOWN/,
  },
};

async function call(...args: string[]) {
  const io = testIo();
  const start = performance.now();
  const code = await run(args, 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text, seconds: (performance.now() - start) / 1000 };
}

/** More than anybody reads, and far from what came in. */
const MOST = 200_000;
const COMMANDS = [
  ['status'],
  ['status', '-o', 'wide'],
  ['status', '-o', 'json'],
  ['status', '-o', 'yaml'],
  ['describe'],
];

function holds({ code, says }: Case, result: Awaited<ReturnType<typeof call>>, words: string[]): void {
  const name = words.join(' ');
  assert.equal([result.code, result.stderr], [code, ''], name);
  assert.ok(result.stdout.length < MOST, `${name} prints ${result.stdout.length} characters`);
  assert.ok(result.seconds < 20, `${name} takes ${result.seconds} s`);
  if (name === 'status') assert.match(result.stdout, says);
}

for (const [name, one] of Object.entries(CASES)) {
  test(`${name}, in a file`, async () => {
    const { about } = archiveOf([]);
    const path = join(folder, 'cluster.json');
    writeFileSync(path, JSON.stringify({ ...about, objects: one.objects }));
    for (const words of COMMANDS) holds(one, await call(...words, '--from', path), words);
  });

  test(`${name}, from a server`, async () => {
    const server = await startServer(archiveOf(one.objects));
    const flags = ['--server', server.url, '--insecure-skip-tls-verify', '--kubeconfig', ''];
    for (const words of COMMANDS) holds(one, await call(...words, ...flags), words);
    await server.close();
  });
}

test('a server that knows no limit is cut short by us', async () => {
  const list = (kind: string, items: TestObject[]) =>
    answer(200, JSON.stringify({ kind, apiVersion: 'v1', metadata: {}, items }));
  const objects = [...evicted, ...installed(), ...manyEvents];
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const server = await startServer(archiveOf(objects), {
    behave: (path) => {
      const isPlain = !path.includes('fieldSelector');
      if (isPlain && path.includes('/pods?')) return list('PodList', pods);
      return isPlain && path.includes('/events?') ? list('EventList', manyEvents) : undefined;
    },
  });
  const one: Case = { objects, code: 0, says: /^HEALTHY +2\/2(?![\s\S]*NOT READ)/ };
  for (const words of COMMANDS) {
    holds(one, await call(...words, '--server', server.url, '--insecure-skip-tls-verify', '--kubeconfig', ''), words);
  }
  await server.close();
});

test('YAML of 1,000 events is read in time', async () => {
  const path = join(folder, 'events.yaml');
  const items = [...installed(), ...manyEvents.slice(0, 1000)];
  writeFileSync(path, stringify({ apiVersion: 'v1', kind: 'List', items }, { aliasDuplicateObjects: false }));
  const { code, seconds } = await call('status', '--from', path);
  assert.is(code, 0);
  assert.ok(seconds < 30, `${seconds} s`);
});

test('a file of nothing that is known is one line, and no bug', async () => {
  const odd = join(folder, 'odd.yaml');
  writeFileSync(
    odd,
    'readAt: 2026-03-01T03:00:00Z\nkubernetes: 7\nrefused: [null, 7, {path: 7}]\ncounts: [1]\nobjects: [null, 7, {kind: 7, apiVersion: {}}, {kind: Pod, apiVersion: v1, metadata: 7}, [x]]\n',
  );
  const { code, stdout, stderr } = await call('status', '--from', odd);
  assert.equal([code, stderr], [1, '']);
  assert.match(stdout, /^ABSENT/);
  const bomb = join(folder, 'bomb.yaml');
  const levels = Array.from(
    { length: 9 },
    (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`)}]`,
  );
  writeFileSync(bomb, `kind: Pod\napiVersion: v1\na0: &a0 [x]\n${levels.join('\n')}\n`);
  const bombed = await call('status', '--from', bomb);
  assert.is(bombed.code, 1);
  assert.match(bombed.stderr, /bomb\.yaml is not valid YAML: Excessive alias count/);
});

test.run();
