import * as assert from 'uvu/assert';
import type { Finding } from '../../src/model/finding.ts';
import { causeLines } from '../../src/report/cause.ts';
import { describeView } from '../../src/report/describe/describe.ts';
import { mends, stepLines } from '../../src/report/remedy.ts';
import { suite } from '../helpers/suite.ts';
import { evidence, finding, report } from '../helpers/view.ts';

const test = suite('remedy');

const CASES: [command: string, mends: boolean][] = [
  ['kubectl -n kubevirt scale deployment/virt-operator --replicas=2', true],
  ['kubectl uncordon cp-0', true],
  ['kubectl -n kubevirt delete pod get', true],
  ['kubectl describe node cp-0', false],
  ['kubectl -n kube-system get pods -o wide', false],
  ['kubectl virtop status', false],
  ['kubectl top node cp-0', false],
  ['systemctl start kubelet', true],
];

for (const [command, expected] of CASES) {
  test(command, () => assert.is(mends({ command }), expected));
}

test('a step hangs under its number, and a command stays in one piece', () => {
  const steps = ['Read it:', 'kubectl get nodes'];
  assert.equal(
    stepLines(steps, 2).map(({ hang, whole, spans }) => [spans[0]?.text, whole || hang]),
    [
      ['  1. Read it:', 5],
      ['  2. kubectl get nodes', true],
    ],
  );
});

test('status says where the steps are, unless the program makes a repair itself', async () => {
  const nothing = await evidence([]);
  const cause = (automatic: boolean) =>
    finding({ mitigation: { action: 'uncordon', automatic, command: 'kubectl get nodes' } });
  const hasSteps = (...causes: Finding[]) =>
    causeLines({ report: report({ causes }), evidence: nothing }).some(({ spans }) => spans[0]?.text === 'STEPS');
  assert.is(hasSteps(cause(false)), true);
  assert.is(hasSteps(cause(false), cause(true)), false);
  assert.is(hasSteps(finding({ mitigation: null })), false);
});

test('describe shows the steps in place of a command that is only one of them', async () => {
  const mitigation = {
    action: 'x',
    automatic: false,
    command: 'kubectl delete x',
    steps: ['Save it:', 'kubectl get x'],
  };
  const causes = [finding({ mitigation })];
  const output = describeView({ report: report({ causes }), evidence: await evidence([]) }, null);
  const texts = output.kind === 'lines' ? output.lines.map(({ spans }) => spans.map(({ text }) => text).join('')) : [];
  const at = texts.indexOf('    Steps:');
  assert.equal(texts.slice(at + 1, at + 3), ['      1. Save it:', '      2. kubectl get x']);
  assert.not.match(texts.join('\n'), 'delete x');
});

test.run();
