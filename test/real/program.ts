import { join } from 'node:path';
import { type Cluster, environment, type Finished, run } from '../cluster/cluster.ts';
import { inNetwork } from '../cluster/network.ts';
import { openScreen, type Screen } from '../helpers/screen.ts';

/** The executable that ships. */
export const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'kubectl-virtop');

/** The variables with which it keeps its journal inside the cluster's directory. */
export function variables(cluster: Cluster): { XDG_STATE_HOME: string } {
  return { XDG_STATE_HOME: join(cluster.directory, 'state') };
}

/** Runs it to its end. */
export function virtop(cluster: Cluster, args: readonly string[]): Promise<Finished> {
  return run(cluster, PROGRAM, args, { seconds: 240, env: variables(cluster) });
}

/** What enters the network goes on at Ctrl-C: else the terminal would close before the program, which it waits for, has said its last words. */
const IGNORING_INTERRUPTS = ['sh', '-c', 'trap "" INT; exec "$@"', '_'];

/** Runs it on a terminal. */
export function terminal(cluster: Cluster, args: readonly string[]): Screen {
  const [command, words] = inNetwork(cluster.network, PROGRAM, args);
  const env = environment(cluster, { ...variables(cluster), TERM: 'xterm-256color' });
  return openScreen([...IGNORING_INTERRUPTS, command, ...words], 100, env as Record<string, string>, 180);
}

/** Fails unless it ended with that code and said that. */
export function ends(
  { code, stdout, stderr }: Pick<Finished, 'code' | 'stdout' | 'stderr'>,
  wanted: number,
  says: RegExp,
): void {
  const text = stdout + stderr;
  if (code !== wanted || !says.test(text)) {
    throw new Error(`ended with ${code}, wanted ${wanted} and ${says}:\n${text}`);
  }
}

/** The same for one on a terminal, once it has ended. */
export async function screenEnds(screen: Screen, wanted: number, says: RegExp): Promise<void> {
  const code = await screen.ended;
  ends({ code: code ?? 137, stdout: screen.rows().join('\n'), stderr: '' }, wanted, says);
}

export function expect(got: string, wanted: string): void {
  if (got !== wanted) throw new Error(`wanted ${wanted}\ngot ${got}`);
}
