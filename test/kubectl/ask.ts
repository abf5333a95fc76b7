import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { run } from '../../src/cli.ts';
import { testIo } from '../helpers/io.ts';
import type { Case } from './cases.ts';
import { MAIN, written } from './draft.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import type { World } from './world.ts';

export interface Programs {
  kubectl: string;
  /** The shipped executable. */
  virtop: string;
}

/** Runs a case through kubectl and through the plugin: in this process, or as the executable. */
export async function askBoth(
  one: Case,
  world: World,
  programs: Programs,
  asExecutable: boolean,
): Promise<[Outcome, Outcome]> {
  writeFiles(one, world);
  world.take();
  const logs = ['kubectl', 'virtop'].map((name) => join(world.folder, `plugin-log-${name}`));
  for (const log of logs) rmSync(log, { force: true });
  const [kubectlLog = '', virtopLog = ''] = logs;
  const flags = [...(one.draft.by === 'flag' ? ['--kubeconfig', MAIN] : []), ...one.draft.flags];
  const line = (words: string[]) => (one.isBefore ? [...flags, ...words] : [...words, ...flags]);
  const env = (log: string) => ({ ...one.draft.env, ...path(world, programs), PLUGIN_LOG: log });
  const status = line(['status', '--output=json']);
  const [theirs, ours] = await Promise.all([
    runProgram(programs.kubectl, line(['create', 'token', 'default']), env(kubectlLog)),
    asExecutable ? runProgram(programs.virtop, status, env(virtopLog)) : runHere(status, env(virtopLog)),
  ]);
  const seen = world.take();
  const isOurs = ({ agent }: { agent: string }) => agent.startsWith('kubectl-virtop/');
  const lines = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
  return [
    outcomeOf(
      theirs,
      seen.filter((request) => !isOurs(request)),
      lines(kubectlLog),
    ),
    outcomeOf(ours, seen.filter(isOurs), lines(virtopLog)),
  ];
}

function path({ folder }: World, { kubectl }: Programs): Record<string, string> {
  return { PATH: [join(folder, 'plugins'), dirname(kubectl), '/usr/bin', '/bin'].join(':') };
}

function writeFiles({ draft }: Case, { folder }: World): void {
  const write = (name: string, content: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  const main = draft.text ?? written(draft.config);
  rmSync(join(folder, 'home'), { recursive: true, force: true });
  write(draft.by === 'home' ? 'home/.kube/config' : MAIN, main);
  for (const [name, config] of Object.entries(draft.others)) write(name, written(config));
  if (draft.by === 'env') draft.env.KUBECONFIG = draft.list.join(':');
}

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

async function runHere(args: string[], env: Record<string, string>): Promise<Ended> {
  const io = testIo(env);
  const code = await run(args, 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

export async function runProgram(command: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code ?? -1, stdout, stderr };
}
