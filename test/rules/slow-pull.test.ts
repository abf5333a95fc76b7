import * as assert from 'uvu/assert';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, event, installed, patched, unreadyPod, without } from './outage.ts';

const test = suite('images that are pulled for minutes');
const EVENTS = '/api/v1/namespaces/kubevirt/events';
const POD = 'virt-operator-1-a';

/** Two pods with a sandbox and no container begun. */
function creating(status: object = {}): TestObject[] {
  const sandbox = { type: 'PodReadyToStartContainers', status: 'True', lastTransitionTime: '2026-03-01T02:50:00Z' };
  const pods = [POD, 'virt-operator-1-b'].map((name) =>
    unreadyPod(name, { state: { waiting: { reason: 'ContainerCreating' } }, ...status }),
  );
  const conditions = [{ type: 'Ready', status: 'False' }, sandbox];
  return patched([...without(installed(), 'Pod'), ...pods], 'Pod', { status: { phase: 'Pending', conditions } });
}

const told = (reason: string, time: string) =>
  [POD, 'virt-operator-1-b'].map((name) =>
    event(`${name}.${reason}`, 'Pod', name, { reason, message: `${reason} image "x"`, time }),
  );
const causesOf = async (objects: TestObject[], refused: string[] = []) =>
  (await diagnosisOf(objects, refused)).causes.map(({ code, confidence }) => `${code} ${confidence}`);

test('the last word of the kubelets is that they pull, of minutes ago', async () => {
  assert.equal(await causesOf([...creating(), ...told('Pulling', '2026-03-01T02:55:00Z')]), ['image-pull-slow likely']);
  assert.equal(await causesOf([...creating(), ...told('Pulling', '2026-03-01T02:59:00Z')]), []);
});

test('the scheduler said in the same second, and more exactly, that it placed the pod', async () => {
  const placed = told('Scheduled', '2026-03-01T02:55:00.700000Z');
  assert.equal(await causesOf([...creating(), ...placed, ...told('Pulling', '2026-03-01T02:55:00Z')]), [
    'image-pull-slow likely',
  ]);
});

test('the pull has ended since, or the container was begun before', async () => {
  const pulling = told('Pulling', '2026-03-01T02:55:00Z');
  assert.equal(await causesOf([...creating(), ...pulling, ...told('Pulled', '2026-03-01T02:56:00Z')]), []);
  const ended = { lastState: { terminated: { exitCode: 1, finishedAt: '2026-03-01T02:50:00Z' } } };
  assert.not((await causesOf([...creating(ended), ...pulling])).includes('image-pull-slow likely'));
});

test('without a right to events a sandbox that waits for its containers makes it possible', async () => {
  assert.equal(await causesOf(creating(), [EVENTS]), ['image-pull-slow possible']);
});

test.run();
