import * as assert from 'uvu/assert';
import type { Pod } from '../../../src/model/kubernetes.ts';
import { podRow } from '../../../src/objects/pod/pod-status.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('pod-status');
const READ_AT = '2026-03-01T03:00:00Z';
const READY = [{ type: 'Ready', status: 'True' }];
const running = { ready: true, restartCount: 0, state: { running: {} } };
const waiting = (reason: string) => ({ ready: false, restartCount: 0, state: { waiting: { reason } } });
const ended = (terminated: object) => ({ ready: false, restartCount: 0, state: { terminated } });

/** A pod with so many containers as statuses are given, and these init containers. */
function pod(status: object, changes: object = {}): Pod {
  const { containerStatuses = [{}], initContainerStatuses = [] } = status as Record<string, object[]>;
  const named = (prefix: string) => (_: object, index: number) => ({ name: `${prefix}${index}` });
  return {
    metadata: { creationTimestamp: '2026-03-01T02:46:00Z' },
    spec: { containers: containerStatuses.map(named('c')), initContainers: initContainerStatuses.map(named('i')) },
    status: { phase: 'Running', ...status },
    ...changes,
  };
}

const sidecar = { name: 'i0', restartPolicy: 'Always' };
const deleted = { metadata: { deletionTimestamp: READ_AT } };

/** As Kubernetes v1.36.3 pkg/printers/internalversion/printers_test.go expects of printPod. */
const CASES: [name: string, pod: Pod, row: string][] = [
  ['ready', pod({ containerStatuses: [running], conditions: READY }), '1/1 Running 0'],
  ['no status yet', pod({ phase: 'Pending' }), '0/1 Pending 0'],
  ['evicted', pod({ phase: 'Failed', reason: 'Evicted' }), '0/1 Evicted 0'],
  [
    'held by a scheduling gate',
    pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
    '0/1 SchedulingGated 0',
  ],
  [
    'image cannot be pulled',
    pod({ phase: 'Pending', containerStatuses: [waiting('ImagePullBackOff')] }),
    '0/1 ImagePullBackOff 0',
  ],
  [
    'crash loop, restarted two minutes ago',
    pod({
      containerStatuses: [
        {
          ...waiting('CrashLoopBackOff'),
          restartCount: 14,
          lastState: { terminated: { exitCode: 1, finishedAt: '2026-03-01T02:58:00Z' } },
        },
      ],
    }),
    '0/1 CrashLoopBackOff 14 (2m ago)',
  ],
  ['out of memory', pod({ containerStatuses: [ended({ exitCode: 137, reason: 'OOMKilled' })] }), '0/1 OOMKilled 0'],
  ['ended by an exit code', pod({ containerStatuses: [ended({ exitCode: 3 })] }), '0/1 ExitCode:3 0'],
  ['ended by a signal', pod({ containerStatuses: [ended({ signal: 9, exitCode: 137 })] }), '0/1 Signal:9 0'],
  [
    'the first container that says something counts',
    pod({ containerStatuses: [waiting('A'), waiting('B')] }),
    '0/2 A 0',
  ],
  [
    'one completed, one runs, and the pod is ready',
    pod({ containerStatuses: [ended({ exitCode: 0, reason: 'Completed' }), running], conditions: READY }),
    '1/2 Running 0',
  ],
  [
    'one completed, one runs, and the pod is not ready',
    pod({ containerStatuses: [ended({ exitCode: 0, reason: 'Completed' }), running] }),
    '1/2 NotReady 0',
  ],
  [
    'one completed, one failed',
    pod({
      containerStatuses: [ended({ exitCode: 0, reason: 'Completed' }), ended({ exitCode: 1, reason: 'Error' })],
    }),
    '0/2 Error 0',
  ],
  ['running but not ready', pod({ containerStatuses: [{ ...running, ready: false }] }), '0/1 Running 0'],
  ['being deleted', pod({ containerStatuses: [running] }, deleted), '1/1 Terminating 0'],
  ['being deleted on a lost node', pod({ reason: 'NodeLost' }, deleted), '0/1 Unknown 0'],
  [
    'being deleted after it ended',
    pod({ phase: 'Succeeded', containerStatuses: [ended({ exitCode: 0, reason: 'Completed' })] }, deleted),
    '0/1 Completed 0',
  ],
  [
    'first init container runs',
    pod({ initContainerStatuses: [{ state: { running: {} } }, waiting('')] }),
    '0/1 Init:0/2 0',
  ],
  [
    'second init container waits for its turn',
    pod({ initContainerStatuses: [ended({ exitCode: 0 }), waiting('PodInitializing')] }),
    '0/1 Init:1/2 0',
  ],
  ['init container cannot pull', pod({ initContainerStatuses: [waiting('ErrImagePull')] }), '0/1 Init:ErrImagePull 0'],
  [
    'init container failed',
    pod({ initContainerStatuses: [ended({ exitCode: 1, reason: 'Error' })] }),
    '0/1 Init:Error 0',
  ],
  [
    'init container failed without a reason',
    pod({ initContainerStatuses: [ended({ exitCode: 7 })] }),
    '0/1 Init:ExitCode:7 0',
  ],
  [
    'init container was killed',
    pod({ initContainerStatuses: [ended({ exitCode: 137, signal: 9 })] }),
    '0/1 Init:Signal:9 0',
  ],
  [
    'restarts of init containers count only while it starts',
    pod({
      initContainerStatuses: [{ ...ended({ exitCode: 0 }), restartCount: 3 }],
      containerStatuses: [running],
      conditions: READY,
    }),
    '1/1 Running 0',
  ],
  [
    'a sidecar counts as a container',
    pod(
      {
        initContainerStatuses: [{ ...running, name: 'i0', started: true, restartCount: 2 }],
        containerStatuses: [{ ...running, restartCount: 1 }],
        conditions: READY,
      },
      { spec: { containers: [{ name: 'c0' }], initContainers: [sidecar] } },
    ),
    '2/2 Running 3',
  ],
  ['an object with nothing in it', {}, '0/0 Unknown 0'],
];

for (const [name, one, expected] of CASES) {
  test(name, () => {
    const { ready, status, restarts } = podRow(one, READ_AT);
    assert.is(`${ready} ${status} ${restarts}`, expected);
  });
}

test('the age is counted from the time of reading', () => {
  assert.is(podRow(pod({}), READ_AT).age, '14m');
  assert.is(podRow({}, READ_AT).age, '<unknown>');
});

test.run();
