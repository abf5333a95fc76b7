import * as assert from 'uvu/assert';
import { mends } from '../../src/report/remedy.ts';
import { suite } from '../helpers/suite.ts';

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

test.run();
