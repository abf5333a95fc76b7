import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import { archiveOf, healthyCluster, type TestObject } from '../helpers/cluster.ts';
import { answer } from '../helpers/faults.ts';
import { openScreen, type Screen, stoppable } from '../helpers/screen.ts';
import { type Behaviour, startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('mitigate');
const QUESTION = /Make this change\? \(y\/N\):/;
let home: string;
let server: TestServer;
let recovers: boolean;
/** Whether the answer to a change never comes. */
let stuck: boolean;

/** A cluster whose Deployment is scaled to 0, and comes back when it is scaled up and `recovers`. */
test.before.each(async () => {
  home = mkdtempSync(join(tmpdir(), 'virtop-mitigate-'));
  recovers = true;
  stuck = false;
  const healthy = healthyCluster();
  const replicas = (count: number) => (one: TestObject) =>
    one.kind === 'Deployment' || one.kind === 'ReplicaSet'
      ? { ...one, spec: { ...(one.spec as object), replicas: count } }
      : one;
  const archive = archiveOf(healthy.filter(({ kind }) => kind !== 'Pod').map(replicas(0)));
  const scaled: Behaviour = (request, response) => {
    const isReal = !request.url.includes('dryRun=All');
    if (isReal && stuck) return;
    if (isReal) {
      const now = healthy.filter(({ kind }) => recovers || kind !== 'Pod').map(replicas(2));
      archive.objects.splice(0, archive.objects.length, ...now);
    }
    answer(200, '{"kind":"Scale","spec":{"replicas":2}}')(request, response);
  };
  server = await startServer(archive, {
    protocol: 'http',
    behave: (path) => {
      if (path.includes('/scale?')) return scaled;
      if (path.includes('selfsubjectaccessreviews')) return answer(201, '{"status":{"allowed":true}}');
      return path.includes('fieldManager') ? answer(201, '{"kind":"Event"}') : undefined;
    },
  });
});
test.after.each(async () => {
  await server.close();
  rmSync(home, { recursive: true });
});

function open(columns = 80, ...args: string[]): Screen {
  const env = { XDG_STATE_HOME: home };
  return openScreen([executable, 'mitigate', '--server', server.url, ...args], columns, env);
}

function text(screen: Screen): string {
  return screen.rows().join('\n');
}

/** Requests that really change something; asking for rights changes nothing. */
function changes(): string[] {
  return server.requests.filter((one) => !/ GET |dryRun=All|selfsubjectaccessreviews/.test(one));
}

for (const columns of [40, 80, 200]) {
  test(`on ${columns} columns the change is shown, asked about, made, and seen to help`, async () => {
    const screen = open(columns);
    await screen.shows(QUESTION);
    assert.match(text(screen), /^- {2}replicas: 0\n\+ {2}replicas: 2$/m);
    assert.match(text(screen), /^WHERE {5}context none, server/m);
    screen.type('y\n');
    assert.is(await screen.ended, 0, text(screen));
    assert.match(text(screen), /^VERIFIED {2}virt-operator works again/m);
    assert.match(screen.lines().join('\n'), /^UNDO {6}kubectl virtop undo \d{8}-\d{6}$/m);
    const BY_HAND = 'BY HAND   kubectl -n kubevirt scale deployment/virt-operator --replicas=2 --current-replicas=0';
    assert.ok(screen.lines().includes(BY_HAND), text(screen));
    assert.match(changes().join('\n'), /PATCH \S+\/virt-operator\/scale\?/);
  });
}

const refusals: [name: string, keys: string, code: number, says: RegExp][] = [
  ['a no', 'n\n', 8, /^NOTHING {3}was changed: not confirmed$/m],
  ['an empty line', '\n', 8, /^NOTHING {3}was changed: not confirmed$/m],
  ['the end of input', '\u0004', 8, /^NOTHING {3}was changed: not confirmed$/m],
  ['Ctrl-C', '\u0003', 130, /^Nothing was changed\.$/m],
];
for (const [name, keys, code, says] of refusals) {
  test(`${name} changes nothing and ends with ${code}`, async () => {
    const screen = open();
    await screen.shows(QUESTION);
    screen.type(keys);
    assert.is(await screen.ended, code, text(screen));
    assert.match(text(screen), says);
    assert.equal(changes(), []);
    assert.is(existsSync(join(home, 'kubectl-virtop')), false);
  });
}

for (const columns of [40, 80, 200]) {
  test(`on ${columns} columns the spinner names what is awaited, on one row`, async () => {
    recovers = false;
    const screen = open(columns);
    await screen.shows(QUESTION);
    screen.type('y\n');
    await screen.shows(/^. Waiting for 2 of 2 pods to be/m);
    const spinning = screen.rows().filter((row) => /Waiting for|to be created/.test(row));
    assert.is(spinning.length, 1, text(screen));
    screen.type('\u0003');
    assert.is(await screen.ended, 130);
    assert.match(screen.lines().join('\n'), /^To take it back: kubectl virtop undo \d{8}-\d{6}$/m);
    assert.match(screen.rows().join(' '), 'done: Scale Deployment virt-operator from 0 to 2 replicas');
  });
}

test('a question that was stopped with Ctrl-Z is asked again, and takes no answer from before', async () => {
  const command = [executable, 'mitigate', '--server', server.url];
  const screen = openScreen(stoppable(command), 80, { XDG_STATE_HOME: home });
  await screen.shows(/\(y\/N\): ?$/);
  screen.type('y\u001a');
  await screen.shows(/STOPPED$/);
  screen.type('y\n');
  await screen.shows(/STOPPED\n(.*\n)+.*\(y\/N\): ?$/);
  assert.equal(changes(), []);
  screen.type('\n');
  assert.is(await screen.ended, 8, text(screen));
  assert.equal(changes(), []);
});

test('a second Ctrl-C changes nothing about what the first one said, and the journal knows what is under way', async () => {
  recovers = false;
  stuck = true;
  const screen = open();
  await screen.shows(QUESTION);
  screen.type('y\n');
  while (changes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  screen.type('\u0003\u0003');
  assert.is(await screen.ended, 130);
  assert.match(text(screen), /^sent, perhaps done: Scale Deployment virt-operator from 0 to 2/m);
  const folder = join(home, 'kubectl-virtop', 'journal');
  assert.equal(
    readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).steps[0].state),
    ['sent'],
  );
});

test('Ctrl-C after the change tells what was done and how to take it back', async () => {
  recovers = false;
  const screen = open();
  await screen.shows(QUESTION);
  screen.type('y\n');
  await screen.shows(/^. Waiting for 2 of 2 pods to be created \(\d+s\)/m);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  assert.match(text(screen), /^done: Scale Deployment virt-operator from 0 to 2/m);
  assert.match(text(screen), /^To take it back: kubectl virtop undo \d{8}-\d{6}$/m);
  assert.ok(screen.raw().lastIndexOf('\u001b[?25h') > screen.raw().lastIndexOf('\u001b[?25l'), 'the cursor is back');
});

test('the journal survives a kill between the change and the proof', async () => {
  recovers = false;
  const args = ['mitigate', '--yes', '--server', server.url];
  const child = spawn(executable, args, { env: { XDG_STATE_HOME: home }, stdio: 'ignore' });
  while (changes().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  const folder = join(home, 'kubectl-virtop', 'journal');
  const [file = ''] = readdirSync(folder);
  const { steps } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  assert.is(steps[0].state, 'done');
  assert.equal(steps[0].reversal.fields, [{ path: ['spec', 'replicas'], old: 0, new: 2 }]);
  const list = openScreen([executable, 'undo', '--list'], 80, { XDG_STATE_HOME: home });
  assert.is(await list.ended, 0);
  assert.match(list.rows().join('\n'), /^\d{8}-\d{6} {2}scale-up .* {2}can be taken back$/m);
});

test.run();
