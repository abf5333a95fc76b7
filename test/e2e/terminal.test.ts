import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { silence } from '../helpers/faults.ts';
import { openScreen, type Screen, stoppable } from '../helpers/screen.ts';
import { startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('terminal');
let server: TestServer;
let silent: TestServer;

test.before(async () => {
  server = await startServer(archiveOf(healthyCluster()), { protocol: 'http' });
  silent = await startServer(archiveOf([]), { protocol: 'http', behave: () => silence });
});
test.after(() => Promise.all([server.close(), silent.close()]));

function status(url: string, ...args: string[]): string[] {
  return [executable, 'status', '--server', url, ...args];
}

test('a spinner names what is being read, and leaves nothing behind', async () => {
  const screen = openScreen(status(silent.url, '--request-timeout=1s'), 80);
  await screen.shows(/^. Reading \w+/m);
  assert.is(await screen.ended, 1);
  assert.match(screen.rows().join('\n'), /^error: no answer from http:\S+ /);
  assert.match(screen.raw(), '\u001b[?25h');
});

test('a terminal without UTF-8 turns an ASCII spinner', async () => {
  const screen = openScreen(status(silent.url, '--request-timeout=1s'), 80, { LANG: 'C' });
  await screen.shows(/^[-\\|/] Reading \w+/m);
  await screen.ended;
  assert.not.match(screen.raw(), /[^\0-\x7f]/);
});

test('Ctrl-C ends it at once with 130 and a visible cursor', async () => {
  const screen = openScreen(status(silent.url, '--request-timeout=0'), 80);
  await screen.shows(/Reading/);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  assert.ok(screen.raw().lastIndexOf('\u001b[?25h') > screen.raw().lastIndexOf('\u001b[?25l'));
});

test('wait shows what it waits for, and Ctrl-C ends it with 130', async () => {
  const down = healthyCluster().filter(({ kind }) => kind !== 'Pod');
  const server = await startServer(archiveOf(down), { protocol: 'http' });
  const screen = openScreen([executable, 'wait', '--server', server.url], 80);
  await screen.shows(/^. 0\/2 pods Ready, waiting for 2 of 2 pods to be created \(\d+s\)/m);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  assert.ok(screen.raw().lastIndexOf('\u001b[?25h') > screen.raw().lastIndexOf('\u001b[?25l'));
  await server.close();
});

test('status --watch draws in place, and Ctrl-C leaves the last page and a visible cursor', async () => {
  const down = healthyCluster().filter(({ kind }) => kind !== 'Pod');
  const archive = archiveOf(down);
  const server = await startServer(archive, { protocol: 'http' });
  const screen = openScreen(status(server.url, '--watch'), 60);
  await screen.shows(/^As of \S+; Ctrl-C ends it\nDOWN/m);
  archive.objects.splice(0, archive.objects.length, ...healthyCluster());
  await screen.shows(/^As of \S+; Ctrl-C ends it\nHEALTHY/m);
  assert.not.match(screen.rows().join('\n'), 'DOWN');
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  const rows = screen.rows().join('\n');
  assert.match(rows, /^(\^C)?As of \S+; Ctrl-C ends it\nHEALTHY/);
  assert.ok(screen.raw().lastIndexOf('\u001b[?25h') > screen.raw().lastIndexOf('\u001b[?25l'));
  assert.ok(screen.raw().lastIndexOf('\u001b[?1049l') > screen.raw().lastIndexOf('\u001b[?1049h'));
  await server.close();
});

test('status --watch says when nobody answers, and goes on once somebody does', async () => {
  let isGone = true;
  const behave = () => (isGone ? silence : undefined);
  const server = await startServer(archiveOf(healthyCluster()), { protocol: 'http', behave });
  const screen = openScreen(status(server.url, '-w', '--request-timeout=300ms'), 100);
  await screen.shows(/^NO ANSWER since \S+, trying again: /m);
  isGone = false;
  await screen.shows(/^HEALTHY/m);
  assert.not.match(screen.rows().join('\n'), 'NO ANSWER');
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  await server.close();
});

/** Whether the terminal is as a shell needs it: the first screen, and a cursor. */
function isGivenBack(screen: Screen): boolean {
  const isLast = (wanted: string, other: string) => screen.raw().lastIndexOf(wanted) >= screen.raw().lastIndexOf(other);
  return isLast('\u001b[?25h', '\u001b[?25l') && isLast('\u001b[?1049l', '\u001b[?1049h');
}

test('Ctrl-Z stops status --watch on the first screen, and it draws again when it is continued', async () => {
  const screen = openScreen(stoppable(status(server.url, '--watch')), 80);
  await screen.shows(/^As of .*\nHEALTHY/);
  screen.type('\u001a');
  await screen.shows(/STOPPED$/);
  assert.not.match(screen.rows().join('\n'), 'HEALTHY');
  assert.ok(isGivenBack(screen));
  screen.type('\n');
  await screen.shows(/^As of .*\nHEALTHY/);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  assert.ok(isGivenBack(screen));
});

test('Ctrl-Z without a shell to continue it stops nothing', async () => {
  const screen = openScreen(status(server.url, '--watch'), 80);
  await screen.shows(/^As of .*\nHEALTHY/);
  screen.type('\u001a');
  while (screen.raw().split('\u001b[?1049h').length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  await screen.shows(/^As of .*\nHEALTHY/);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
});

test('Ctrl-Z takes the spinner away, and it turns again when it is continued', async () => {
  const screen = openScreen(stoppable(status(silent.url, '--request-timeout=0')), 80);
  await screen.shows(/Reading/);
  screen.type('\u001a');
  await screen.shows(/STOPPED$/);
  assert.not.match(screen.rows().join('\n'), 'Reading');
  assert.ok(isGivenBack(screen));
  screen.type('\n');
  await screen.shows(/Reading/);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
});

test('the answer is coloured, unless that is not wanted', async () => {
  const cases: [env: Record<string, string>, args: string[], colored: boolean][] = [
    [{}, [], true],
    [{ NO_COLOR: '1' }, [], false],
    [{ TERM: 'dumb' }, [], false],
    [{}, ['--color=never'], false],
    [{ NO_COLOR: '1' }, ['--color=always'], true],
    [{ NO_COLOR: '1', CLICOLOR_FORCE: '1' }, [], false],
    [{ CLICOLOR_FORCE: '1' }, ['--color=never'], false],
  ];
  for (const [env, args, colored] of cases) {
    const screen = openScreen(status(server.url, ...args), 80, env);
    assert.is(await screen.ended, 0);
    assert.is(screen.raw().includes('\u001b[32mHEALTHY\u001b[0m'), colored, JSON.stringify({ env, args }));
    assert.match(screen.rows()[0] ?? '', /^HEALTHY {3}2\/2 ready/);
  }
});

test('it fits terminals of every width', async () => {
  for (const columns of [40, 80, 200]) {
    const screen = openScreen(status(server.url), columns);
    assert.is(await screen.ended, 0);
    const [first = '', second = ''] = screen.rows();
    assert.match(first, /^HEALTHY/);
    assert.match(second, columns === 40 ? /^ {10}\S/ : /^CHECKED/);
  }
});

test.run();
