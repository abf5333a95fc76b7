import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** What Go prints of a panic; the first of KubeVirt's own functions on the stack is the one to report. */
const PANIC = [
  'panic: runtime error: invalid memory address or nil pointer dereference',
  '[signal SIGSEGV: segmentation violation code=0x1 addr=0x28 pc=0x1c5e3f4]',
  '',
  'goroutine 412 [running]:',
  'kubevirt.io/kubevirt/pkg/virt-operator.(*KubeVirtController).syncInstallation(0xc000a7e000, 0xc0012c4000)',
  '\t/go/src/kubevirt.io/kubevirt/pkg/virt-operator/kubevirt.go:1102 +0x8d4',
].join('\n');

/** The operator's program has a fault. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-panic' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 2, reason: 'Error', log: PANIC });
  },
} satisfies Scenario;
