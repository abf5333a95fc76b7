import * as assert from 'uvu/assert';
import type { LimitRange, PodSpec } from '../../../src/model/kubernetes.ts';
import { limitRangeViolations } from '../../../src/objects/creation/limit-range.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('limit ranges');
const requests = { cpu: '10m', memory: '450Mi' };
const pod: PodSpec = { containers: [{ name: 'virt-operator', resources: { requests } }] };
const limited: PodSpec = {
  containers: [{ name: 'virt-operator', resources: { requests, limits: { memory: '2Gi' } } }],
};

function range(...limits: object[]): LimitRange {
  return { metadata: { name: 'l' }, spec: { limits } };
}

function kinds(spec: PodSpec, ...limits: object[]): string[] {
  return limitRangeViolations(spec, [range(...limits)]).map(({ kind }) => kind);
}

const container = (item: object) => ({ type: 'Container', ...item });
const wholePod = (item: object) => ({ type: 'Pod', ...item });
const MEMORY = (memory: string) => ({ memory });

const cases: [string, PodSpec, object[], string[]][] = [
  ['nothing', pod, [], []],
  ['a ratio, and no limit', pod, [container({ maxLimitRequestRatio: MEMORY('4') })], ['ratio']],
  ['a ratio of something not asked for', pod, [container({ maxLimitRequestRatio: { storage: '4' } })], []],
  ['a ratio that the limit keeps', limited, [container({ maxLimitRequestRatio: MEMORY('5') })], []],
  ['a ratio that the limit breaks', limited, [container({ maxLimitRequestRatio: MEMORY('4') })], ['ratio']],
  [
    'a ratio that a default limit keeps',
    pod,
    [container({ maxLimitRequestRatio: MEMORY('4') }), container({ default: MEMORY('1Gi') })],
    [],
  ],
  ['a minimum above the request', pod, [container({ min: MEMORY('1Gi') })], ['min']],
  ['a minimum below it', pod, [container({ min: MEMORY('100Mi') })], []],
  [
    'a minimum of something not asked for becomes the request',
    pod,
    [container({ min: { 'ephemeral-storage': '1Gi' } })],
    [],
  ],
  ['a maximum below the limit', limited, [container({ max: MEMORY('1Gi') })], ['max']],
  ['a maximum above the limit', limited, [container({ max: MEMORY('4Gi') })], []],
  ['a default limit below the request', pod, [container({ default: MEMORY('256Mi') })], ['default']],
  ['a default limit above it', pod, [container({ default: MEMORY('512Mi') })], []],
  ['a default limit where the container has its own', limited, [container({ default: MEMORY('256Mi') })], []],
  ['a maximum stands in for a default', pod, [container({ max: MEMORY('256Mi') })], ['max']],
  [
    'a default below the request, and a maximum above it',
    pod,
    [container({ max: MEMORY('1Gi'), default: MEMORY('256Mi') })],
    ['default'],
  ],
  ['a default beside a maximum', pod, [container({ max: MEMORY('1Gi'), default: MEMORY('512Mi') })], []],
  ['a minimum for the whole pod', pod, [wholePod({ min: MEMORY('1Gi') })], ['min']],
  ['a maximum for a whole pod without limits', pod, [wholePod({ max: MEMORY('4Gi') })], ['max']],
  [
    'the same where containers get a default limit',
    pod,
    [wholePod({ max: MEMORY('4Gi') }), container({ default: MEMORY('1Gi') })],
    [],
  ],
  ['a maximum for a whole pod below its limits', limited, [wholePod({ max: MEMORY('1Gi') })], ['max']],
  ['storage claims are no concern of pods', pod, [{ type: 'PersistentVolumeClaim', min: { storage: '1Ti' } }], []],
];

for (const [name, spec, limits, expected] of cases) {
  test(name, () => assert.equal(kinds(spec, ...limits), expected));
}

test('init containers are held to it too', () => {
  const spec: PodSpec = {
    initContainers: [{ name: 'init', resources: { requests: { memory: '1Mi' } } }],
    containers: pod.containers ?? [],
  };
  const [violation] = limitRangeViolations(spec, [range(container({ min: MEMORY('10Mi') }))]);
  assert.equal(violation, {
    limitRange: 'l',
    kind: 'min',
    text: 'container init requests less memory than the minimum of 10Mi',
  });
});

test('each violation names its LimitRange and the number that it breaks', () => {
  assert.equal(limitRangeViolations(pod, [range(container({ max: MEMORY('256Mi') }))]), [
    {
      limitRange: 'l',
      kind: 'max',
      text: 'container virt-operator requests more memory than the maximum of 256Mi',
    },
  ]);
});

test.run();
