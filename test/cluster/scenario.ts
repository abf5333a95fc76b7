import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { Verdict } from '../../src/model/report.ts';
import { build } from './build.ts';
import { filesIn, HERE } from './cache.ts';
import type { Cluster } from './cluster.ts';
import { openCluster, type StartState, temporaryDirectory } from './open.ts';
import { turns } from './turns.ts';

/** One way in which a cluster is really broken, or not. The file's name is the scenario's name. */
export interface Scenario {
  /** What the program must answer; `cause` is the code of the first cause, null when there is none. */
  expects: { verdict: Verdict; exitCode: number; cause: string | null };
  /** Seconds until a real cluster shows it, roughly: other clusters are broken in the meantime. */
  waits?: number;
  /** Most breaks end the operator, so that it need not lead before: 'installed' unless said otherwise. */
  starts?: StartState;
  /** Whether it writes what a kubelet or a container runtime would say: none runs here. Its fixture is of origin `written` then. */
  written?: true;
  /** Breaks a healthy cluster, and returns when the API shows it. */
  break(cluster: Cluster): Promise<void>;
  /** How `mitigate` mends it, where it does. */
  repair?: Repair;
  /** Makes the kubeconfig of the person who looks; without this it is the administrator's. */
  kubeconfig?(cluster: Cluster): Promise<string>;
}

/** What `mitigate` must do to a broken cluster. */
export interface Repair {
  /** The action that must be taken, as the last one; `named`: only when it is asked for by name. */
  action: string;
  /** The action that must be taken first, where that is another one. */
  first?: string;
  named?: boolean;
  /** Whether `undo` must take it back. */
  undo: boolean;
  /** What happens before it and no kubelet of this cluster does, or must have been for long. */
  before?(cluster: Cluster): Promise<void>;
  /** What kubelets do while it is repaired, where those of this cluster do not. */
  meanwhile?(cluster: Cluster): Promise<void>;
  /** Seconds that what is before it takes, roughly. */
  waits?: number;
  /** Whether the pods that run may lead; otherwise only those do that come to be. */
  keepsPods?: boolean;
}

/** The names of all scenarios. */
export function scenarioNames(): string[] {
  return filesIn('scenarios', '.ts').map((file) => basename(file, '.ts'));
}

/** Loads a scenario by its name; rejects with the known names when there is none. */
export async function scenario(name: string): Promise<Scenario> {
  const names = scenarioNames();
  if (!names.includes(name)) throw new Error(`no scenario ${name}; there are: ${names.join(', ')}`);
  return (await import(`${HERE}/scenarios/${name}.ts`)).default;
}

/** A cluster that was broken, with the kubeconfig of the person who looks at it. */
export interface BrokenCluster {
  scenario: Scenario;
  /** When its turn came, as `performance.now()` says it. */
  start: number;
  cluster: Cluster;
  /** Lets others go on: from now on this one mostly waits. */
  rest(): void;
}

/** Clusters that start or break at a time: each keeps about a core busy, and most machines have two. */
export const BUSY = 2;
const busyTurn = turns(BUSY);

/**
 * Starts a cluster of its own, breaks it, hands it over, and removes all of it however that ends. So many as are BUSY do
 * so at a time; a scenario that waits lets others go on once its cluster has started.
 */
export async function withScenario<T>(name: string, use: (broken: BrokenCluster) => Promise<T>): Promise<T> {
  const chosen = await scenario(name);
  const binaries = await build();
  const endTurn = await busyTurn();
  const start = performance.now();
  const directory = temporaryDirectory();
  try {
    const { cluster, close } = await openCluster(binaries, chosen.starts ?? 'installed', directory);
    if (chosen.waits !== undefined) endTurn();
    try {
      return await use({ scenario: chosen, start, cluster: await breakCluster(cluster, chosen), rest: endTurn });
    } finally {
      await close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
    endTurn();
  }
}

/** Breaks a healthy cluster; what is given back has the kubeconfig of the person who looks. */
export async function breakCluster(cluster: Cluster, chosen: Scenario): Promise<Cluster> {
  await chosen.break(cluster);
  return chosen.kubeconfig === undefined ? cluster : { ...cluster, kubeconfig: await chosen.kubeconfig(cluster) };
}
