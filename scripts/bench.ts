// `npm run bench [-- SCENARIO]`: how long a diagnosis takes on recorded clusters, and how long `status` takes against the commands of the VirtOperatorDown runbook, on one cluster in one run.
// `npm run bench -- --big`: what `status` costs on 5,000 nodes and 100,000 pods; filling the cluster takes some minutes.

import { buildIfStale, executable } from '../build.mjs';
import { type Cluster, run } from '../test/cluster/cluster.ts';
import { networkObstacle } from '../test/cluster/network.ts';
import { withScenario } from '../test/cluster/scenario.ts';
import { bigClusterLines } from './bench/big-cluster.ts';
import { diagnoseLine } from './bench/diagnose.ts';
import { RUNBOOK } from './bench/runbook.ts';

const ROUNDS = 15;
const SUBJECTS: Record<string, string[][]> = {
  'the runbook, 5 × kubectl': RUNBOOK.map((args) => ['kubectl', ...args]),
  'kubectl describe deployment': [['kubectl', '-n', 'kubevirt', 'describe', 'deployment', 'virt-operator']],
  'kubectl virtop status': [[executable, 'status']],
  'kubectl virtop status -o json': [[executable, 'status', '-o', 'json']],
  'kubectl version --client': [['kubectl', 'version', '--client']],
  'kubectl virtop version --client': [[executable, 'version', '--client']],
};

/** Milliseconds from the first command to the end of the last; one after the other, as a person types them. */
async function time(cluster: Cluster, commands: string[][]): Promise<number> {
  const start = performance.now();
  for (const [command = '', ...args] of commands) await run(cluster, command, args);
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** All subjects take turns, so that what else the machine does hits them alike; the first round only warms up. */
async function measure(cluster: Cluster): Promise<Map<string, number>> {
  const times = new Map(Object.keys(SUBJECTS).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, commands] of Object.entries(SUBJECTS)) {
      const taken = await time(cluster, commands);
      if (round > 0) times.get(name)?.push(taken);
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

const obstacle = networkObstacle();
if (obstacle) {
  console.error(`npm run bench needs a cluster: ${obstacle}`);
  process.exit(1);
}
buildIfStale();
if (process.argv[2] === '--big') console.log((await bigClusterLines()).join('\n'));
else await compare(process.argv[2] ?? 'deployment-scaled-to-zero');

async function compare(scenario: string): Promise<void> {
  console.log(`${await diagnoseLine()}\n`);
  const results = await withScenario(scenario, ({ cluster }) => measure(cluster));
  const status = results.get('kubectl virtop status') ?? Number.NaN;
  console.log(`${scenario}, median of ${ROUNDS} rounds\n`);
  for (const [name, value] of results) {
    console.log(
      `${name.padEnd(34)}${value.toFixed(0).padStart(6)} ms${(value / status).toFixed(2).padStart(8)} × status`,
    );
  }
}
