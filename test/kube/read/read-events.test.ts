import * as assert from 'uvu/assert';
import { askArchive } from '../../../src/archive/store.ts';
import { completeEvents, readEvents } from '../../../src/kube/read/read-events.ts';
import { startReader } from '../../../src/kube/read/reader.ts';
import type { ApiRequest, Ask } from '../../../src/model/request.ts';
import { archiveOf, object, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('read-events');
const POD = 'virt-operator-1-a';
const BEFORE = events('virt-handler', 600);
const BEHIND = events('virt-template', 600);

/** As many events about one object. */
function events(about: string, count: number): TestObject[] {
  return Array.from({ length: count }, (_, index) =>
    object('v1', 'Event', { name: `${about}.${index}`, namespace: 'kubevirt' }, { involvedObject: { name: about } }),
  );
}

/** What is read of these events about the operator, how, and whether some may be lacking. */
async function readOf(objects: TestObject[], ask: Ask = askArchive(archiveOf(objects))) {
  const asked: ApiRequest[] = [];
  const reader = startReader((request) => {
    asked.push(request);
    return ask(request);
  });
  const read = await completeEvents(reader, 'kubevirt', await readEvents(reader, 'kubevirt', null), [POD]);
  assert.ok(read.status === 'read');
  const own = read.value.filter(({ involvedObject }) => involvedObject?.name === POD).length;
  return { own, partial: Boolean(read.partial), requests: asked.length, all: read.value.length };
}

test('a short list is read at once', async () => {
  assert.equal(await readOf(events(POD, 5)), { own: 5, partial: false, requests: 1, all: 5 });
});

test('a list that is cut short goes on at the name of the Deployment, whatever comes before and behind', async () => {
  const found = await readOf([...BEFORE, ...events(POD, 5), ...BEHIND]);
  assert.equal(found, { own: 5, partial: false, requests: 2, all: 400 });
  const last = await readOf([...BEFORE, ...events(POD, 5)]);
  assert.equal(last, { own: 5, partial: false, requests: 2, all: 205 });
});

test('a list that goes beyond those names lacks nothing', async () => {
  const found = await readOf([...events(POD, 5), ...BEHIND]);
  assert.equal(found, { own: 5, partial: false, requests: 1, all: 200 });
});

test('a list that ends among those names goes on where it ended', async () => {
  const found = await readOf([...events('virt-handler', 50), ...events(POD, 300)]);
  assert.equal(found, { own: 300, partial: false, requests: 2, all: 350 });
});

test('where there are still more of them it goes on at each object, and what is lacking is said', async () => {
  const found = await readOf([...BEFORE, ...events('virt-operator-0', 300), ...events(POD, 5), ...BEHIND]);
  assert.equal(found, { own: 5, partial: false, requests: 3, all: 600 });
  const many = await readOf([...BEFORE, ...events(POD, 900), ...BEHIND]);
  assert.equal(many, { own: 400, partial: true, requests: 3, all: 600 });
});

test('a server with tokens of its own, or which refuses ours, is asked by object', async () => {
  const objects = [...BEFORE, ...events(POD, 5)];
  const server = askArchive(archiveOf(objects));
  const foreign: Ask = async (request) => {
    const answer = await server(request);
    if (answer.status !== 'read') return answer;
    const body = answer.body as { metadata: object };
    return { ...answer, body: { ...body, metadata: { ...('continue' in body.metadata && { continue: 'page-2' }) } } };
  };
  assert.equal(await readOf(objects, foreign), { own: 5, partial: false, requests: 2, all: 205 });
  const strict: Ask = (request) =>
    request.query?.continue
      ? Promise.resolve({ status: 'failed', reason: 'not-kubernetes', message: 'HTTP 400' })
      : server(request);
  assert.equal(await readOf(objects, strict), { own: 5, partial: false, requests: 4, all: 205 });
});

test.run();
