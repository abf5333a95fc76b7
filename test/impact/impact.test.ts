import * as assert from 'uvu/assert';
import { impactOf, type Touched } from '../../src/impact/impact.ts';
import type { Verdict } from '../../src/model/report.ts';
import { operatorOf } from '../../src/objects/operator/operator.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('impact');
const none = operatorOf({});
const touched = (vmis: number | null): Touched => ({ vmis, components: [], certificates: null, isUnserved: false });
const ready = { ...none, ready: [{}] };

const summaries: [Verdict, number | null, string][] = [
  ['healthy', 41, 'none'],
  ['degraded', 41, 'none yet: an operator leads'],
  ['down', 41, '41 running virtual machines keep running'],
  ['down', 1, '1 running virtual machine keeps running'],
  ['down', 0, 'no virtual machine is affected: the cluster has none'],
  ['down', null, 'virtual machines that run keep running'],
  ['incomplete', 41, 'not known'],
  ['notInstalled', null, 'no KubeVirt, no virtual machines'],
];

for (const [verdict, vmis, summary] of summaries) {
  test(`${verdict} with ${vmis ?? 'uncounted'} machines`, () => {
    const impact = impactOf(verdict, none, touched(vmis));
    assert.equal([impact.summary, impact.runningVmis], [summary, vmis]);
  });
}

test('without a leader its work stands still; without a ready pod so do changes of KubeVirt', () => {
  assert.is(impactOf('down', none, touched(0)).stalled.length, impactOf('down', ready, touched(0)).stalled.length + 1);
  assert.ok(impactOf('down', none, touched(0)).stalled.includes('every change of the KubeVirt resource'));
});

test('what is short of pods has less in reserve', () => {
  const { summary } = impactOf('degraded', { ...ready, desired: 2 } as typeof none, touched(0));
  assert.is(summary, 'none yet: an operator leads, but with less in reserve');
});

test('where the KubeVirt resource is not served a leader does nothing, and nobody may change it', () => {
  const { summary, stalled } = impactOf('degraded', ready as typeof none, { ...touched(3), isUnserved: true });
  assert.equal([summary, stalled.length], ['3 running virtual machines keep running', 4]);
});

test('nothing stands still while an operator leads, or while that is not known', () => {
  for (const verdict of ['healthy', 'degraded', 'incomplete', 'notInstalled'] as const)
    assert.equal(impactOf(verdict, none, touched(0)).stalled, []);
});

test.run();
