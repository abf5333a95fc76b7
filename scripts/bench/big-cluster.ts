import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { executable } from '../../build.mjs';
import { post, read } from '../../test/cluster/api.ts';
import { type Cluster, run } from '../../test/cluster/cluster.ts';
import { freeze } from '../../test/cluster/processes.ts';
import { withScenario } from '../../test/cluster/scenario.ts';
import { RUNBOOK } from './runbook.ts';

const NODES = 5_000;
const PODS = 100_000;
const AT_A_TIME = 48;
/** Until the controllers have looked at all that is new; they keep the machine busy meanwhile. */
const SETTLE_MS = 120_000;
const ROUNDS = 9;
/** They work on all that is new, on the processor that the measured commands need; elsewhere they have machines of their own. */
const BUSY = ['kube-controller-manager', 'kube-scheduler', 'kwok'];
/** Until the API server has answered what they asked last; and until they have renewed their leases, which they hold for 15 seconds. */
const [CALM_MS, RENEW_MS] = [1_000, 5_000];
/** It reads the pods on nodes, where a big cluster has most. */
const SCENARIO = 'insufficient-memory';
const RELAY = new URL('received-bytes.ts', import.meta.url).pathname;

interface Cost {
  milliseconds: number;
  /** Of the runbook's kubectl commands, one after the other. */
  runbook: number;
  bytes: number;
  answer: string;
}

/** What `status` costs on a few nodes, then on the same cluster with thousands more: lines for people. */
export async function bigClusterLines(): Promise<string[]> {
  return withScenario(SCENARIO, async ({ cluster }) => {
    const small = await cost(cluster);
    await fill(cluster);
    const big = await cost(cluster);
    return [
      `${SCENARIO}, status, median of ${ROUNDS} rounds`,
      line('5 nodes', small),
      line(`${NODES} nodes, ${PODS} pods more`, big),
      `the same first lines: ${big.answer === small.answer ? 'yes' : 'no'}`,
    ];
  });
}

function line(name: string, { milliseconds, runbook, bytes }: Cost): string {
  const ratio = (runbook / milliseconds).toFixed(2);
  return `${name.padEnd(34)}${milliseconds.toFixed(0).padStart(6)} ms${(bytes / 1000).toFixed(0).padStart(8)} kB received, the runbook ${runbook.toFixed(0)} ms (${ratio} × status)`;
}

/** Median times, the bytes the server sent, and what is down and why. */
async function cost(cluster: Cluster): Promise<Cost> {
  const times: number[] = [];
  const runbooks: number[] = [];
  let answer = '';
  for (let round = 0; round <= ROUNDS; round += 1) {
    const done = await calm(cluster, () => run(cluster, executable, ['status', '--color=never']));
    answer = done.stdout
      .split('\n')
      .slice(0, 2)
      .join('\n')
      .replace(/\(for .*\)/, '');
    times.push(done.milliseconds);
    let runbook = 0;
    for (const args of RUNBOOK) runbook += (await calm(cluster, () => run(cluster, 'kubectl', args))).milliseconds;
    runbooks.push(runbook);
  }
  return { milliseconds: median(times), runbook: median(runbooks), bytes: await receivedBytes(cluster), answer };
}

/** Does something while the busy ones stand still, and then lets them catch up. */
async function calm<T>(cluster: Cluster, action: () => Promise<T>): Promise<T> {
  for (const name of BUSY) freeze(cluster, name, true);
  await pause(CALM_MS);
  try {
    return await action();
  } finally {
    for (const name of BUSY) freeze(cluster, name, false);
    await pause(RENEW_MS);
  }
}

/** Of all rounds but the first, which warms up. */
function median([, ...values]: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function receivedBytes(cluster: Cluster): Promise<number> {
  const config = await run(cluster, 'kubectl', [
    'config',
    'view',
    '--minify',
    '-o',
    'jsonpath={.clusters[0].cluster.server}',
  ]);
  const server = new URL(config.stdout).host;
  const done = await run(cluster, process.execPath, [RELAY, server, executable, 'status']);
  return Number(done.stdout);
}

/** Nodes of workers and pods bound to them, as many as a big cluster has. */
async function fill(cluster: Cluster): Promise<void> {
  const template = await read<object>(cluster, '/api/v1/nodes/worker-0');
  await many(NODES, (index) => post(cluster, '/api/v1/nodes', workerLike(template, index)));
  await many(PODS, (index) => post(cluster, '/api/v1/namespaces/default/pods', podOn(index)));
  await pause(SETTLE_MS);
}

async function many(count: number, make: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await make(index);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

function workerLike(template: object | null, index: number): object {
  const { metadata, spec, status } = template as { metadata: { labels: object }; spec: object; status: object };
  const name = `big-${index}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { ...metadata.labels, 'kubernetes.io/hostname': name } },
    spec: { ...spec, providerID: `kwok://${name}` },
    status,
  };
}

function podOn(index: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `load-${index}`, namespace: 'default', labels: { app: 'load' } },
    spec: {
      nodeName: `big-${index % NODES}`,
      automountServiceAccountToken: false,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'load', image: 'registry.example.com/load:1', resources: { requests: { cpu: '10m' } } }],
    },
  };
}
