// `npm run record -- SCENARIO…` writes test/fixtures/SCENARIO/cluster.yaml from really broken clusters; without a name, all of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { prepare } from './base.ts';
import { HERE } from './cache.ts';
import { type Cluster, run } from './cluster.ts';
import { explained, step } from './progress.ts';
import { type Scenario, scenarioNames, withScenario } from './scenario.ts';
import { sideBySide } from './side-by-side.ts';

const FIXTURES = join(HERE, '..', 'fixtures');

async function record(name: string): Promise<void> {
  const text = await withScenario(name, ({ scenario, cluster }) => readCluster(cluster, scenario));
  mkdirSync(join(FIXTURES, name), { recursive: true });
  writeFileSync(join(FIXTURES, name, 'cluster.yaml'), text);
}

async function readCluster(cluster: Cluster, { written }: Scenario): Promise<string> {
  const program = fileURLToPath(import.meta.resolve('./read-cluster.ts'));
  const done = await run(cluster, process.execPath, [program, written ? 'written' : 'recorded']);
  if (done.code !== 0) throw new Error(`the cluster could not be read: ${done.stderr}`);
  return done.stdout;
}

/** One that fails is told, and the others are still recorded. */
async function tryToRecord(name: string): Promise<void> {
  try {
    await step(`Recording test/fixtures/${name}`, () => record(name));
  } catch (error) {
    console.error(`error: ${name} was not recorded: ${explained(error)}`);
    process.exitCode = 1;
  }
}

const named = process.argv.slice(2);
await prepare();
await sideBySide(named.length > 0 ? named : scenarioNames(), tryToRecord);
