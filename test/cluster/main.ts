import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { breakInBackground, endInBackground, findCluster, keep, keepInBackground } from './background.ts';
import { type Cluster, environment } from './cluster.ts';
import { inNetwork, networkObstacle } from './network.ts';
import { explained, say } from './progress.ts';
import { scenarioNames } from './scenario.ts';

const USAGE = `A real Kubernetes cluster with KubeVirt, to break and to look at.

  npm run cluster -- up [SCENARIO]       start it, healthy or broken
  npm run cluster -- break SCENARIO      break it
  npm run cluster -- shell [-- COMMAND]  a shell (or one command) inside it, with kubectl and the plugin
  npm run cluster -- down                end it
  npm run cluster -- list                the scenarios
  --name NAME                            which cluster, when there are several`;

const DIST = join(import.meta.dirname, '..', '..', 'dist');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: 'string', default: 'default' }, help: { type: 'boolean', short: 'h' } },
  });
  const [command, chosen] = positionals;
  const { name } = values;
  const commands: Record<string, () => Promise<void>> = {
    up: () => up(name, chosen ?? null),
    keep: () => keep(name, chosen ?? null),
    break: async () => explain(name, await breakInBackground(name, required(chosen))),
    shell: () => shell(name, positionals.slice(1)),
    down: async () => say((await endInBackground(name)) ? 'The cluster is gone.' : 'No cluster ran.'),
    list: async () => console.log(scenarioNames().join('\n')),
  };
  const known = commands[command ?? ''];
  if (known !== undefined) return known();
  console.log(USAGE);
  process.exitCode = values.help === true ? 0 : 2;
}

function required(chosen: string | undefined): string {
  if (chosen === undefined) throw new Error('name a scenario: `npm run cluster -- list` shows them');
  return chosen;
}

async function up(name: string, chosen: string | null): Promise<void> {
  const obstacle = networkObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  const running = findCluster(name);
  if (running !== null) say('It runs already; `down` ends it.');
  explain(name, running ?? (await keepInBackground(name, chosen)));
}

function explain(name: string, cluster: Cluster): void {
  const option = name === 'default' ? '' : ` --name ${name}`;
  say(`It answers only in a network of its own:
  npm run cluster -- shell${option}                                opens a shell there
  npm run cluster -- shell${option} -- kubectl get pods -A         runs one command there
  npm run cluster -- shell${option} -- kubectl virtop status       after \`npm run build\`
KUBECONFIG=${cluster.kubeconfig}`);
}

async function shell(name: string, command: string[]): Promise<void> {
  const cluster = findCluster(name);
  if (cluster === null) throw new Error('no cluster runs: start one with `npm run cluster -- up`');
  const [program, ...args] = command.length > 0 ? command : [process.env.SHELL || 'sh'];
  const env = environment(cluster);
  const child = spawn(...inNetwork(cluster.network, program ?? 'sh', args), {
    stdio: 'inherit',
    env: { ...env, PATH: `${DIST}:${env.PATH}` },
  });
  // Ctrl-C is for what runs in the shell.
  process.on('SIGINT', () => undefined);
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

try {
  await main();
} catch (error) {
  console.error(`error: ${explained(error)}`);
  process.exitCode = 1;
}
