import * as assert from 'uvu/assert';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, otherPod, waiting } from './nodes.ts';
import { diagnosisOf, installed, patched, pullFailingPod, without } from './outage.ts';

const test = suite('pods that a webhook or a policy changed when they were made');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
const NOT_FOUND = 'manifest unknown';
const SOURCE = 'replicaset/virt-operator-1 spec.template';
const FIND = 'kubectl get mutatingwebhookconfigurations';

/** What changed the first cause's pod, and what is to be done. */
async function change(objects: TestObject[]): Promise<unknown[]> {
  const [first] = (await diagnosisOf(objects)).causes;
  const said = first?.evidence.filter(({ source }) => source === SOURCE).map(({ text }) => text);
  return [first?.code, first?.title, said, first?.mitigation?.command];
}

test('an image that a policy put there: the template is not what to mend', async () => {
  const image = 'mirror.example/virt-operator:v1.7.0';
  const pod = pullFailingPod(POD, NOT_FOUND);
  const containers = [{ name: 'virt-operator', image }];
  const containerStatuses = [
    { name: 'virt-operator', image, state: { waiting: { reason: 'ErrImagePull', message: NOT_FOUND } } },
  ];
  const rewritten = patched(patched([pod], 'Pod', { spec: { containers } }), 'Pod', { status: { containerStatuses } });
  assert.equal(await change([...noPods, ...rewritten]), [
    'image-not-found',
    `image ${image} does not exist`,
    ['the template asks for image quay.io/kubevirt/virt-operator:v1.7.0: it was changed when the pod was made'],
    FIND,
  ]);
  const [, , unchanged, command] = await change([...noPods, pod]);
  assert.equal(unchanged, []);
  assert.is.not(command, FIND);
});

test('the image of a container that was injected', async () => {
  const image = 'mesh.example/proxy:v1';
  const pod = pullFailingPod(POD, NOT_FOUND);
  const own = { name: 'virt-operator', image: 'quay.io/kubevirt/virt-operator:v1.7.0' };
  const state = { waiting: { reason: 'ErrImagePull', message: NOT_FOUND } };
  const injected = patched([pod], 'Pod', {
    spec: { containers: [own, { name: 'mesh-proxy', image }] },
    status: {
      containerStatuses: [
        { ...own, ready: true, state: { running: { startedAt: '2026-03-01T02:50:00Z' } } },
        { name: 'mesh-proxy', image, ready: false, state },
      ],
    },
  });
  assert.equal(await change([...noPods, ...injected]), [
    'image-not-found',
    `image ${image} does not exist`,
    ['container mesh-proxy is not in the template: it was added when the pod was made'],
    FIND,
  ]);
});

test('requests that were raised, as by a VerticalPodAutoscaler', async () => {
  const asking = (memory: string) =>
    onBoth(
      patched(waiting('0/2 nodes are available: 2 Insufficient memory.'), 'Pod', {
        spec: { containers: [{ name: 'virt-operator', resources: { requests: { cpu: '10m', memory } } }] },
      }),
      { status: { allocatable: { cpu: '4', memory: '400Mi', pods: '110' } } },
    );
  const others = [otherPod('x', 'cp-0'), otherPod('y', 'cp-1')];
  const [code, , said, command] = await change([...asking('64Gi'), ...others]);
  assert.equal(
    [code, said, command],
    ['insufficient-memory', ['the template asks for 450Mi of memory: more was added when the pod was made'], FIND],
  );
  const [, , unchanged, look] = await change([...asking('450Mi'), ...others]);
  assert.equal(unchanged, []);
  assert.is(look, 'kubectl describe node cp-0');
});

test.run();
