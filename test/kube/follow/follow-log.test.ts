import * as assert from 'uvu/assert';
import { followLog, type LogBeginning } from '../../../src/kube/follow/follow-log.ts';
import { openTransport } from '../../../src/kube/wire/transport.ts';
import type { Answer } from '../../../src/model/request.ts';
import { archiveOf } from '../../helpers/cluster.ts';
import { page, reset, status } from '../../helpers/faults.ts';
import { type Behaviour, type ServerOptions, startServer } from '../../helpers/server.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('following a log', { seconds: 20 });
const T = '2026-03-01T03:00:0';
const OF = { namespace: 'kubevirt', pod: 'p', container: 'virt-operator' };
const BEGINNING: LogBeginning = { tail: 50, sinceSeconds: null, now: '2026-03-01T03:00:00Z' };

/** Sends these pieces of a log, then does what ends it. */
function log(pieces: string[], end: 'end' | 'reset' | 'goes on' = 'end'): Behaviour {
  return async (request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    if (end === 'end') response.end();
    if (end === 'reset' && request.httpVersion === '2.0') request.stream.close(2);
    else if (end === 'reset') request.socket.destroy();
  };
}

interface Followed {
  lines: string[];
  said: string[];
  queries: Record<string, string>[];
  result: string | null;
}

/** Follows a log whose server does one thing after the other; after the last one the pod is gone. */
async function follow(
  behaviours: Behaviour[],
  {
    protocol = 'h2',
    restarts = [],
    beginning = BEGINNING,
  }: { protocol?: ServerOptions['protocol']; restarts?: number[]; beginning?: LogBeginning } = {},
): Promise<Followed> {
  const queries: Followed['queries'] = [];
  const behave = (path: string, count: number) => {
    queries.push(Object.fromEntries(new URL(path, 'http://server').searchParams));
    return behaviours[count] ?? status(404, 'gone');
  };
  const server = await startServer(archiveOf([]), { protocol, behave });
  const tls = { ca: server.ca, verify: true, servername: null, certificate: null, key: null };
  const endpoint = { server: new URL(server.url), proxy: null, tls };
  const { signal } = new AbortController();
  const followed: Followed = { lines: [], said: [], queries, result: null };
  followed.result = await followLog(OF, beginning, {
    stream: async (...words) => {
      const transport = openTransport(endpoint, {}, { totalMs: 0 });
      try {
        return await transport.watch(...words);
      } finally {
        transport.close();
      }
    },
    pause: async () => undefined,
    restarts: () => (queries.length >= behaviours.length ? null : (restarts[queries.length] ?? 0)),
    line: (text) => followed.lines.push(text),
    say: (text) => followed.said.push(text),
    signal,
  });
  await server.close();
  return followed;
}

test('it goes on where it stopped, whatever ended the stream, and prints no line twice', async () => {
  for (const protocol of ['h2', 'http/1.1'] as const) {
    const { lines, queries, result, said } = await follow(
      [
        log([`${T}1.5Z one\n${T}2.25Z tw`, 'o\n', `${T}2.5Z cut sho`], 'reset'),
        reset,
        log([`${T}2.25Z two\n${T}2.5Z cut short\n`]),
        log([`${T}2.25Z two\n${T}2.5Z cut short\n${T}3Z four\n`]),
      ],
      { protocol },
    );
    assert.equal(lines, ['one', 'two', 'cut short', 'four'], protocol);
    assert.equal([result, said], [null, []]);
    const usual = { container: 'virt-operator', timestamps: 'true', follow: 'true' };
    assert.equal(queries[0], { ...usual, tailLines: '50' });
    assert.equal(queries[1], { ...usual, sinceTime: `${T}2Z` });
  }
});

test('half a line at a clean end is held back until it is whole, comes again, or the pod is gone', async () => {
  const { lines } = await follow([
    log([`${T}1Z hal`]),
    log([`${T}1Z half\n`]),
    log([`${T}2Z rest`]),
    log([`${T}2Z rest`]),
  ]);
  assert.equal(lines, ['half', 'rest']);
  assert.equal((await follow([log([`${T}1Z last words`])])).lines, ['last words']);
});

test('a slow drip and a line of five megabytes are lines like others, without secrets and of bounded length', async () => {
  const drip = [...`${T}1Z password=Hunter2-s3cr3t\n`];
  const huge = [`${T}2Z `, ...Array.from({ length: 5 }, () => 'x '.repeat(512 * 1024)), '\n', `${T}3Z after\n`];
  const { lines } = await follow([log(drip), log(huge)]);
  assert.is(lines[0], 'password=<redacted>');
  assert.is(lines[1], `${'x '.repeat(2048)}…`);
  assert.equal(lines.slice(2), ['after']);
});

test('a key over several lines is hidden, and what follows it is not', async () => {
  const key = ['-----BEGIN RSA PRIVATE KEY-----', 'Proc-Type: 4,ENCRYPTED', 'MIIEow', '-----END RSA PRIVATE KEY-----'];
  const open = ['-----BEGIN EC PRIVATE KEY-----', 'MHcCAQ', '{"msg":"on"}', 'MHcCAQ'];
  const text = ['a', ...key, 'b', ...open].map((line, index) => `${T}1.${index}Z ${line}\n`);
  assert.equal((await follow([log(text)])).lines, ['a', '<redacted>', 'b', '<redacted>', '{"msg":"on"}', 'MHcCAQ']);
});

test('what the last run logged while nobody listened comes first', async () => {
  const { lines, queries } = await follow(
    [log([`${T}1Z one\n`], 'reset'), log([`${T}1Z one\n${T}2Z panic\n`]), log([`${T}3Z started\n`])],
    { restarts: [0, 1, 1] },
  );
  assert.equal(lines, ['one', 'panic', 'started']);
  assert.equal([queries[1]?.previous, queries[1]?.follow, queries[2]?.follow], ['true', undefined, 'true']);
});

test('why there is no log is said once; that it is forbidden ends it', async () => {
  const waiting = status(400, 'container "virt-operator" in pod "p" is waiting to start: ContainerCreating');
  const { lines, said } = await follow([waiting, waiting, page(200), log([`${T}1Z on\n`]), waiting, waiting]);
  assert.equal(lines, ['on']);
  assert.is(said.length, 3);
  assert.match(said[0] ?? '', 'ContainerCreating');
  assert.match(said[1] ?? '', 'web page');
  assert.equal((await follow([status(403, 'may not'), waiting])).result, 'may not');
});

test('where the first answer holds no line, only what came since then is read', async () => {
  const { queries } = await follow([log([]), log([])], { beginning: { ...BEGINNING, tail: 0, sinceSeconds: 60 } });
  assert.equal([queries[0]?.tailLines, queries[0]?.sinceSeconds], ['0', '60']);
  assert.equal([queries[1]?.tailLines, queries[1]?.sinceTime], [undefined, '2026-03-01T03:00:00Z']);
});

test('the signal ends it at once', async () => {
  const ended = new AbortController();
  const stream = async (_request: unknown, onLine: (line: string, isWhole: boolean) => unknown): Promise<Answer> => {
    await onLine(`${T}1Z one`, true);
    ended.abort();
    return { status: 'failed', reason: 'timeout', message: 'ended' };
  };
  const hands = {
    stream,
    pause: async () => undefined,
    restarts: () => 0,
    line: () => undefined,
    say: assert.unreachable,
  };
  assert.is(await followLog(OF, BEGINNING, { ...hands, signal: ended.signal }), null);
});

test.run();
