import { fileURLToPath } from 'node:url';
import { openArchive } from '../../src/archive/store.ts';
import { gather } from '../../src/kube/gather.ts';
import type { Depth, Evidence } from '../../src/model/evidence.ts';

/** The path of a file in a fixture's folder, `test/fixtures/<code>/`. */
export function fixturePath(code: string, file = 'cluster.yaml'): string {
  return fileURLToPath(new URL(`../fixtures/${code}/${file}`, import.meta.url));
}

/** The evidence that `gather` reads from a fixture, as it would from the cluster that the fixture records. */
export function fixtureEvidence(code: string, namespace?: string, depth: Depth = 'verdict'): Promise<Evidence> {
  const { ask } = openArchive(fixturePath(code));
  return gather(ask, { namespace, depth, cluster: { context: null, server: null, user: null } });
}
