import * as assert from 'uvu/assert';
import type { Pod } from '../../../src/model/kubernetes.ts';
import { crashes, crashText } from '../../../src/objects/container/crash.ts';
import { logLine } from '../../../src/objects/meta/log-line.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('crashes');
const ended = { exitCode: 1, reason: 'Error', message: 'boom', finishedAt: '2026-03-01T02:58:00Z' };

function pod(status: object, init: object[] = []): Pod {
  return {
    metadata: { name: 'p' },
    status: {
      initContainerStatuses: init as never,
      containerStatuses: [{ name: 'virt-operator', ready: false, restartCount: 3, ...status }],
    },
  };
}

const cases: [string, Pod, string[]][] = [
  [
    'waits between restarts',
    pod({ state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: ended } }),
    ['lastState.terminated'],
  ],
  ['has just ended', pod({ state: { terminated: ended } }), ['state.terminated']],
  [
    'runs again',
    pod({ state: { running: { startedAt: '2026-03-01T02:59:00Z' } }, lastState: { terminated: ended } }),
    ['lastState.terminated'],
  ],
  [
    'has run on for long',
    pod({ state: { running: { startedAt: '2026-03-01T02:40:00Z' } }, lastState: { terminated: ended } }),
    [],
  ],
  [
    'is ready again',
    pod({ ready: true, state: { running: { startedAt: '2026-03-01T02:59:00Z' } }, lastState: { terminated: ended } }),
    [],
  ],
  ['never ended', pod({ state: { waiting: { reason: 'ContainerCreating' } } }), []],
  ['has no status', { metadata: { name: 'p' } }, []],
];

for (const [name, object, states] of cases) {
  test(`a container that ${name}`, () => {
    const found = crashes([object], READ_AT).map(({ source }) => source.split(' ')[1]);
    assert.equal(found, states);
  });
}

test('an init container that ended well is done', () => {
  const object = pod({}, [{ name: 'init', ready: false, state: { terminated: { exitCode: 0 } } }]);
  assert.equal(crashes([{ ...object, spec: { initContainers: [{ name: 'init' }] } }], READ_AT), []);
});

test('init containers come first', () => {
  const init = { name: 'init', ready: false, state: { terminated: ended } };
  assert.equal(
    crashes([pod({ state: { terminated: ended } }, [init])], READ_AT).map(({ container }) => container),
    ['init', 'virt-operator'],
  );
});

test('odd statuses read as what is known', () => {
  const [crash] = crashes([pod({ name: null, restartCount: null, state: { terminated: {} } })], READ_AT);
  assert.equal(
    [crash?.container, crash?.exitCode, crash?.message, crash && crashText(crash)],
    ['<unnamed>', null, '', 'ended, 0 restarts'],
  );
});

test('an end reads as one phrase', () => {
  const [crash] = crashes([pod({ state: { terminated: ended } })], READ_AT);
  assert.is(crash && crashText(crash), 'exit code 1 (Error), 3 restarts');
});

const lines: [string, string, string | null][] = [
  [
    'plain Go text',
    'starting\nError determining cluster type: dial tcp: boom\n',
    'Error determining cluster type: dial tcp: boom',
  ],
  [
    'a klog line',
    'I0301 02:58:00.000001 1 a.go:1] fine\nE0301 02:58:00.000002 1 b.go:2] boom',
    'E0301 02:58:00.000002 1 b.go:2] boom',
  ],
  [
    'a JSON line',
    '{"component":"virt-operator","level":"error","msg":"a \\"boom\\" at c:\\\\d","pos":"x.go:1"}',
    'a "boom" at c:\\d',
  ],
  [
    'why a JSON line says it',
    '{"level":"error","msg":"cannot list","reason":"dial tcp: boom"}',
    'cannot list: dial tcp: boom',
  ],
  ['a JSON line whose end is cut off', '{"level":"error","msg":"first part","reason":"boom and th', 'first part'],
  ['a JSON line whose start is cut off', 'omponent":"virt-operator","msg":"boom"}', 'boom'],
  ['no line that matches', 'all is well', null],
  ['nothing', '', null],
];

for (const [name, message, expected] of lines)
  test(`the log line: ${name}`, () => assert.is(logLine(message, /boom/), expected));

test.run();
