import * as assert from 'uvu/assert';
import type { KubernetesEvent } from '../../../src/model/kubernetes.ts';
import { eventMessage, eventsAbout, eventTime } from '../../../src/objects/meta/event.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('events');
const [T1, T2, T3, T4] = [1, 2, 3, 4].map((hour) => `2026-03-01T0${hour}:00:00Z`) as [string, string, string, string];

const times: [string, KubernetesEvent, string | null][] = [
  [
    'the series first',
    { series: { lastObservedTime: T1 }, lastTimestamp: T2, eventTime: T3, metadata: { creationTimestamp: T4 } },
    T1,
  ],
  ['then lastTimestamp', { lastTimestamp: T2, eventTime: T3, metadata: { creationTimestamp: T4 } }, T2],
  [
    'then eventTime, as the scheduler writes it',
    { lastTimestamp: null, eventTime: T3, metadata: { creationTimestamp: T4 } },
    T3,
  ],
  ['then its creation', { metadata: { creationTimestamp: T4 } }, T4],
  ["Go's zero time is none", { lastTimestamp: '0001-01-01T00:00:00Z', eventTime: T3 }, T3],
  ['none at all', {}, null],
];

for (const [name, event, expected] of times) test(`time: ${name}`, () => assert.is(eventTime(event), expected));

test('the prefix of repeated events is dropped', () => {
  assert.is(eventMessage({ message: '(combined from similar events): Error creating: x' }), 'Error creating: x');
  assert.is(eventMessage({ message: 'Error creating: x' }), 'Error creating: x');
  assert.is(eventMessage({}), '');
});

const named = (name: string, uid?: string, reason = 'Failed', lastTimestamp = T1): KubernetesEvent => ({
  metadata: { name: `${name}.${lastTimestamp}` },
  involvedObject: { name, ...(uid && { uid }) },
  reason,
  lastTimestamp,
});

test('the uid decides; the name alone where there is no uid', () => {
  const events = [named('p', 'old'), named('p', 'new'), named('p'), named('q', 'old'), named('q')];
  assert.equal(eventsAbout(events, { metadata: { name: 'p', uid: 'new' } }), [events[1], events[2]]);
});

test('newest first, and of one second the one named last, in whatever order they come', () => {
  const same = (name: string): KubernetesEvent => ({ ...named('p'), metadata: { name } });
  const events = [named('p', undefined, 'Failed', T1), named('p', undefined, 'Failed', T3), same('b'), same('c')];
  const order = (some: KubernetesEvent[]) =>
    eventsAbout(some, { metadata: { name: 'p' } }).map(({ metadata }) => metadata?.name);
  assert.equal(order(events), [`p.${T3}`, `p.${T1}`, 'c', 'b']);
  assert.equal(order(events.toReversed()), order(events));
});

test('only those of a reason, when one is given', () => {
  const events = [named('p', undefined, 'BackOff'), named('p', undefined, 'Failed')];
  assert.equal(eventsAbout(events, { metadata: { name: 'p' } }, 'Failed'), [events[1]]);
  assert.equal(eventsAbout(null, { metadata: { name: 'p' } }), []);
});

test.run();
