// In a network and a mount namespace of its own: runs each case through kubectl and through the plugin, and compares. The last line of
// its standard output is the result as JSON. Arguments: kubectl, the plugin's executable, the seed, how many mixtures, and a word: then
// only cases that it is in the name of, and no mixtures.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { CONFIG_FLAGS } from '../../src/commands/flags/config-flags.ts';
import { askBoth, runProgram } from './ask.ts';
import { type Case, mixedCases, randomOf, singleCases } from './cases.ts';
import { complaint, difference, MEANT } from './compare.ts';
import { optionComplaints } from './options.ts';
import { podFiles } from './place-twists.ts';
import { makeWorld } from './world.ts';

/** For every so many cases the executable takes the place of the code in this process. */
const SAMPLE = 10;
const POD = '/var/run/secrets/kubernetes.io/serviceaccount';

const [kubectl = '', virtop = '', seed = '', mixtures = '', word = ''] = process.argv.slice(2);
const { stdout } = await runProgram(kubectl, ['version', '--client', '--output=json'], { HOME: '/nonexistent' });
const world = await makeWorld(JSON.parse(stdout).clientVersion);
process.chdir(world.folder);
mkdirSync(POD, { recursive: true });
for (const [name, text] of Object.entries(podFiles(world))) writeFileSync(join(POD, name), text);

const result = { passed: 0, failed: 0 };
let [tried, asked] = [0, 0];
/** How kubectl ended with each twist alone. */
const alone = new Map<string, string>();
const meant = new Map<string, number>();
const used = new Map<string, number>();
const random = randomOf(Number(seed));

for (const one of singleCases(random, world)) await tryCase(one);
const asks = new Set([...alone].filter(([, end]) => end === 'asked').map(([name]) => name));
if (word === '') {
  for (const one of mixedCases(random, Number(mixtures), asks, world)) await tryCase(one);
  await checkFlags();
}
rmSync(world.folder, { recursive: true });
console.log(
  `  seed ${seed}: ${tried} cases, ${Math.ceil(tried / SAMPLE)} of them with the executable; ${asked} reached a server`,
);
for (const [name, count] of meant) console.log(`  meant, ${count} times: ${name}`);
console.log(`  of those that reached a server, with a flag: ${flagTable()}`);
console.log(JSON.stringify(result));
process.exit(0);

async function tryCase(one: Case): Promise<void> {
  const name = one.twists.join(' + ');
  if (!name.includes(word)) return;
  const [theirs, ours] = await askBoth(one, world, { kubectl, virtop }, tried++ % SAMPLE === 0);
  const isSingle = one.twists.length === 1;
  if (isSingle) alone.set(name, theirs.end);
  const faults = isSingle ? [] : one.twists.map((twist) => alone.get(twist) ?? '');
  const known = MEANT.find((difference) => difference.holds(one, theirs, ours));
  if (known) add(meant, known.name);
  if (theirs.end === 'asked') {
    asked += 1;
    for (const flag of new Set(flagsOf(one))) add(used, flag);
  }
  const said = (known ? null : difference(one, theirs, ours, faults)) ?? complaint(one, ours);
  result[said === null ? 'passed' : 'failed'] += 1;
  if (said === null) return;
  console.log(`  FAIL  ${name}: ${said}\n    kubectl: ${theirs.stderr.trim()}\n    plugin:  ${ours.stderr.trim()}`);
}

/** Every flag must be kubectl's and have been given to a server, and every difference that is meant must have been seen. */
async function checkFlags(): Promise<void> {
  const options = await runProgram(kubectl, ['options'], { HOME: '/nonexistent' });
  const complaints = [
    ...optionComplaints(options.stdout),
    ...CONFIG_FLAGS.filter(({ name }) => !used.has(name)).map(({ name }) => `no case asks with --${name}`),
    ...MEANT.filter(({ name }) => !meant.has(name)).map(({ name }) => `no case shows: ${name}`),
  ];
  for (const what of complaints) console.log(`  FAIL  ${what}`);
  result.failed += complaints.length;
  result.passed += Number(complaints.length === 0);
}

function flagsOf({ draft }: Case): string[] {
  const names = draft.flags.flatMap((flag) => {
    const [, long, short] = /^(?:--([\w-]+)|-([nsv]))/.exec(flag) ?? [];
    return CONFIG_FLAGS.filter(
      (known) => known.name === long?.replaceAll('_', '-') || (short && known.short === short),
    );
  });
  return [...names.map(({ name }) => name), ...(draft.by === 'flag' ? ['kubeconfig'] : [])];
}

function flagTable(): string {
  return CONFIG_FLAGS.map(({ name }) => `--${name} ${used.get(name) ?? 0}`).join(', ');
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
