import * as assert from 'uvu/assert';
import { exitCode } from '../../src/commands/exit-code.ts';
import { FAIL_ON, type FailOn } from '../../src/commands/flags/fail-on.ts';
import type { Alert, Verdict } from '../../src/model/report.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('exit-code');

function alert(name: string, changes: Partial<Alert> = {}): Alert {
  return { name, state: 'firing', since: null, falsePositive: false, ...changes };
}

const CRITICAL = alert('VirtOperatorDown');
const WARNING = alert('LowVirtOperatorCount');
const FALSE_ALARM = alert('VirtOperatorDown', { falsePositive: true });
const PENDING = alert('VirtOperatorDown', { state: 'pending' });

const CASES: [verdict: Verdict, alerts: Alert[], code: number][] = [
  ['healthy', [], 0],
  ['healthy', [PENDING], 0],
  ['healthy', [WARNING], 4],
  ['healthy', [FALSE_ALARM], 4],
  ['healthy', [CRITICAL], 3],
  ['degraded', [], 4],
  ['degraded', [WARNING], 4],
  ['degraded', [CRITICAL], 3],
  ['down', [], 3],
  ['down', [WARNING], 3],
  ['incomplete', [], 5],
  ['incomplete', [WARNING], 4],
  ['incomplete', [CRITICAL], 3],
  ['notInstalled', [], 1],
  ['notInstalled', [CRITICAL], 1],
];

for (const [verdict, alerts, code] of CASES) {
  test(`${verdict} with ${alerts.map((one) => `${one.name} ${one.state}`).join() || 'no alert'} is ${code}`, () => {
    assert.is(exitCode({ verdict, alerts }, 'incomplete'), code);
  });
}

test('--fail-on lowers 3, 4 and 5, and never 1', () => {
  const failing: Record<FailOn, number[]> = {
    never: [0, 0, 0, 1],
    critical: [3, 0, 0, 1],
    warning: [3, 4, 0, 1],
    incomplete: [3, 4, 5, 1],
  };
  for (const failOn of FAIL_ON) {
    const codes = (['down', 'degraded', 'incomplete', 'notInstalled'] as const).map((verdict) =>
      exitCode({ verdict, alerts: [] }, failOn),
    );
    assert.equal(codes, failing[failOn], failOn);
  }
});

test.run();
