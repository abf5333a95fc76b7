import type { Cluster } from '../cluster/cluster.ts';

/** Something that is tried on a broken cluster once the diagnosis is judged. It rejects when it is not as it should be; what it gives back is printed. */
export interface Check {
  name: string;
  run(cluster: Cluster): Promise<string | undefined>;
  /** How long it takes, roughly, most of it waiting. */
  seconds: number;
}
