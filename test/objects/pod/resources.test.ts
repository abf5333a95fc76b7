import * as assert from 'uvu/assert';
import type { Node, Pod, PodSpec } from '../../../src/model/kubernetes.ts';
import { podLimits, podRequests, shortages, shortageText } from '../../../src/objects/pod/resources.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('resources');
const MI = 2 ** 20;

function container(memory: string, more: object = {}) {
  return { resources: { requests: { memory } }, ...more };
}

const requests: Record<string, [PodSpec | null, object]> = {
  'no pod asks for nothing': [null, {}],
  'containers are summed': [{ containers: [container('100Mi'), container('50Mi')] }, { memory: 150 * MI }],
  'a large init container counts alone': [
    { initContainers: [container('300Mi')], containers: [container('100Mi')] },
    { memory: 300 * MI },
  ],
  'a small init container does not count': [
    { initContainers: [container('30Mi')], containers: [container('100Mi')] },
    { memory: 100 * MI },
  ],
  'a sidecar counts as a container': [
    { initContainers: [container('30Mi', { restartPolicy: 'Always' })], containers: [container('100Mi')] },
    { memory: 130 * MI },
  ],
  'an init container runs beside the sidecars before it, not those after it': [
    {
      initContainers: [
        container('50Mi', { restartPolicy: 'Always' }),
        container('200Mi'),
        container('10Mi', { restartPolicy: 'Always' }),
      ],
      containers: [container('100Mi')],
    },
    { memory: 250 * MI },
  ],
  'overhead comes on top': [
    { overhead: { memory: '20Mi', cpu: '250m' }, containers: [container('100Mi')] },
    { memory: 120 * MI, cpu: 0.25 },
  ],
  'a limit without a request is a request': [
    { containers: [{ resources: { limits: { memory: '1Gi', cpu: '1' }, requests: { cpu: '10m' } } }] },
    { memory: 1024 * MI, cpu: 0.01 },
  ],
  "the pod's own requests win": [
    { resources: { requests: { memory: '1Gi' } }, containers: [container('100Mi')] },
    { memory: 1024 * MI },
  ],
  'unreadable quantities are left out': [{ containers: [container('much')] }, {}],
};

for (const [name, [spec, expected]] of Object.entries(requests)) {
  test(name, () => assert.equal(podRequests(spec), expected));
}

test('limits are summed where they are set', () => {
  const containers = [
    { resources: { limits: { memory: '1Gi' } } },
    {},
    { resources: { limits: { memory: '1Gi', cpu: '1' } } },
  ];
  assert.equal(podLimits({ containers }), { memory: 2048 * MI, cpu: 1 });
});

const cp: Node = { metadata: { name: 'cp-0' }, status: { allocatable: { cpu: '4', memory: '1Gi', pods: '2' } } };
const on = (nodeName: string, memory: string, phase = 'Running'): Pod => ({
  spec: { nodeName, containers: [container(memory)] },
  status: { phase },
});
const wanted: PodSpec = { containers: [{ resources: { requests: { cpu: '10m', memory: '450Mi' } } }] };

test('what is requested on the node is taken; finished pods and other nodes do not count', () => {
  assert.equal(shortages(cp, wanted, [on('cp-0', '500Mi')]), []);
  assert.equal(
    shortages(cp, wanted, [on('cp-1', '1Gi'), on('cp-0', '1Gi', 'Succeeded'), on('cp-0', '1Gi', 'Failed')]),
    [],
  );
  const [shortage] = shortages(cp, wanted, [on('cp-0', '600Mi')]);
  assert.is(
    shortage && shortageText(shortage),
    'memory: 1Gi allocatable - 600Mi requested = 424Mi free, the pod asks for 450Mi',
  );
});

test('exactly enough is enough, also for fractions of a CPU', () => {
  const busy: Pod = { spec: { nodeName: 'cp-0', containers: [{ resources: { requests: { cpu: '3990m' } } }] } };
  assert.equal(shortages(cp, wanted, [busy]), []);
});

test('the number of pods is a resource too', () => {
  assert.equal(
    shortages(cp, wanted, [on('cp-0', '1Mi'), on('cp-0', '1Mi')]).map(({ resource }) => resource),
    ['pods'],
  );
});

test('what the pod does not ask for, or the node does not count, lacks nothing', () => {
  const overfull = [on('cp-0', '2Gi')];
  assert.equal(shortages(cp, { containers: [container('0')] }, overfull), []);
  assert.equal(shortages({ metadata: { name: 'cp-0' } }, wanted, overfull), []);
});

test.run();
