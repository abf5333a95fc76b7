import { join } from 'node:path';
import { type Cluster, run } from './cluster.ts';
import { type Crash, crashOperatorContainers } from './kubelet.ts';
import { crashEvents, kubeletEvents } from './kubelet-events.ts';
import { waitForWaiting } from './observe.ts';
import { stopOperator } from './operator.ts';

/** The operator's containers end so, again and again; the kubelets also send these events about each pod. */
export async function crashAgainAndAgain(
  cluster: Cluster,
  crash: Crash,
  events: readonly [reason: string, message: string][] = [],
): Promise<void> {
  await stopOperator(cluster);
  await crashOperatorContainers(cluster, crash);
  await waitForWaiting(cluster, 'CrashLoopBackOff', 2);
  await kubeletEvents(cluster, events);
  await crashEvents(cluster);
}

/** Runs the real virt-operator with these arguments and without its variables, and gives what it ended with. */
export async function endOfBareOperator(cluster: Cluster, args: readonly string[]): Promise<Crash> {
  const program = join(cluster.binaries, 'bin', 'virt-operator');
  const { code, stderr } = await run(cluster, program, args, { seconds: 60 });
  if (code === 137) throw new Error(`virt-operator was expected to end, and runs: ${stderr.slice(-500)}`);
  return { exitCode: code, reason: 'Error', log: stderr.replaceAll(program, 'virt-operator') };
}
