import * as assert from 'uvu/assert';
import type { Component } from '../../src/model/report.ts';
import { certificateText, componentText, componentTrouble } from '../../src/report/impact.ts';
import { impactLines, unreadLines } from '../../src/report/section.ts';
import { READ_AT } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { report } from '../helpers/view.ts';
import { down } from './outage.ts';

const test = suite('impact in words');

const api: Component = { name: 'virt-api', kind: 'Deployment', exists: true, desired: 2, ready: 2 };
const handler: Component = { name: 'virt-handler', kind: 'DaemonSet', exists: true, desired: 3, ready: 3 };

test('a part that works is no trouble, nor is one that is not known', () => {
  for (const one of [
    api,
    { ...api, ready: 1 },
    handler,
    { ...api, ready: null },
    { ...api, exists: null, ready: null },
  ])
    assert.is(componentTrouble(one), null);
  assert.is(componentText(api), 'virt-api 2/2 ready');
  assert.match(componentText({ ...api, ready: null }), 'nobody counts');
  assert.is(componentText({ ...api, exists: null }), 'virt-api not known');
});

test('a part that is down says what stops', () => {
  assert.match(componentTrouble({ ...api, ready: 0 }) ?? '', /^virt-api 0\/2 ready: VMs cannot be created/);
  assert.match(componentTrouble({ ...api, exists: false, ready: 0 }) ?? '', /^virt-api does not exist: /);
  assert.match(componentTrouble({ ...api, desired: 0, ready: 0 }) ?? '', /^virt-api is scaled to 0: /);
  assert.match(componentTrouble({ ...handler, ready: 2 }) ?? '', /^virt-handler 2\/3 ready: .* nodes without it$/);
});

const clock = (earliest: string, latest: string) => {
  const certificates = { ...down.certificates, first: { what: 'x', earliest, latest } };
  return certificateText({ ...down, certificates }, READ_AT) ?? '';
};

test('the clock is told before, between and after its bounds', () => {
  assert.match(clock('2026-03-01T07:34:00Z', '2026-03-02T02:46:00Z'), /^certificates last 4h34m more at least; /);
  assert.match(clock('2026-03-01T02:00:00Z', '2026-03-01T03:01:00Z'), /may have expired, and all will in 60s: /);
  assert.match(
    clock('2026-03-01T00:00:00Z', '2026-03-01T02:00:00Z'),
    /^certificates have expired: VMs cannot be created/,
  );
  assert.is(certificateText({ ...down, certificates: null }, READ_AT), null);
});

const text = (lines: ReturnType<typeof impactLines>) => lines.map(({ spans }) => spans.map((one) => one.text).join(''));

test('beside a healthy operator only what is down is told', () => {
  const impact = { ...down, components: [api, { ...handler, ready: 1 }] };
  const told = text(impactLines(report({ verdict: 'healthy', impact })));
  assert.equal([told.length, told[0]?.includes('virt-handler 1/3')], [1, true]);
  assert.equal(impactLines(report({ verdict: 'healthy', impact: { ...impact, components: [api, handler] } })), []);
});

test('status leaves out rights that only tell more of the impact', () => {
  const needs = { verb: 'get', group: '', resource: 'configmaps', namespace: 'kubevirt' };
  const notChecked = [
    { what: 'ConfigMap kubevirt-ca', why: 'forbidden', needs },
    { what: 'events', why: 'forbidden', needs: { ...needs, verb: 'list', resource: 'events' } },
  ];
  assert.equal(text(unreadLines(report({ notChecked }))).length, 1);
});

test.run();
