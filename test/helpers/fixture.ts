import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Archive } from '../../src/archive/archive.ts';
import { loadArchive } from '../../src/archive/load.ts';
import { askArchive } from '../../src/archive/store.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Depth, Evidence } from '../../src/model/evidence.ts';

const archives = new Map<string, Archive>();

/** The names of all recorded clusters. */
export function fixtureNames(): string[] {
  return readdirSync(new URL('../fixtures/', import.meta.url)).sort();
}

/** The path of a file in a fixture's folder, `test/fixtures/<code>/`. */
export function fixturePath(code: string, file = 'cluster.yaml'): string {
  return fileURLToPath(new URL(`../fixtures/${code}/${file}`, import.meta.url));
}

/** A recorded cluster; parsed once, for that is slow. */
export function fixtureArchive(code: string): Archive {
  const archive = archives.get(code) ?? loadArchive(fixturePath(code));
  archives.set(code, archive);
  return archive;
}

/** The evidence that `gather` reads from a fixture, as it would from the cluster that the fixture records. */
export function fixtureEvidence(code: string, namespace?: string, depth: Depth = 'verdict'): Promise<Evidence> {
  const ask = askArchive(fixtureArchive(code));
  return gather(ask, { namespace, depth, cluster: { context: null, server: null, user: null } });
}
