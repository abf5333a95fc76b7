import manifest from '../../../package.json' with { type: 'json' };
import type { Host } from '../../kube/config/host.ts';
import type { Kubeconfig } from '../../kube/config/kubeconfig-file.ts';
import type { Io } from '../../terminal/io.ts';
import { connectionFlags } from '../flags/config-flags.ts';
import type { Completes } from '../flags/flag.ts';
import type { Candidate } from './candidates.ts';
import type { Given } from './place.ts';

/** What there is to choose from, outside of this program. May throw. */
export async function lookUp(what: Completes, word: string, given: Given, io: Io): Promise<readonly Candidate[]> {
  switch (what) {
    case 'context':
      return contexts(await kubeconfig(given, io));
    case 'contexts':
      return listed(contexts(await kubeconfig(given, io)), word);
    case 'cluster':
      return named((await kubeconfig(given, io))?.clusters.keys());
    case 'user':
      return named((await kubeconfig(given, io))?.users.keys());
    case 'code':
      return codes();
    case 'action':
      return actions();
    case 'subject':
      return word.includes('/') ? objects(word, given, io) : [...(await kinds()), ...(await codes())];
    case 'pod':
      return namesOf('pod', given, io);
    case 'namespace':
      return namesOf('namespace', given, io);
    case 'repair':
      return repairs(io);
    case 'file':
    case 'folder':
      return [];
  }
}

/** Whether the kubeconfig is read in no time: usual files of a usual size. */
export async function isQuickToRead(given: Given, host: Host): Promise<boolean> {
  const [{ statSync }, { kubeconfigPaths }] = await Promise.all([
    import('node:fs'),
    import('../../kube/config/kubeconfig.ts'),
  ]);
  const files = kubeconfigPaths(connectionFlags(given).kubeconfig, host).map((path) =>
    statSync(path, { throwIfNoEntry: false }),
  );
  return files.every((file) => file === undefined || (file.isFile() && file.size <= QUICK_BYTES));
}

/** YAML of this size takes about 100 ms. */
const QUICK_BYTES = 500_000;

async function kubeconfig(given: Given, host: Host): Promise<Kubeconfig | null> {
  const { loadKubeconfig } = await import('../../kube/config/kubeconfig.ts');
  return loadKubeconfig(connectionFlags(given).kubeconfig, host);
}

function contexts(config: Kubeconfig | null): Candidate[] {
  return named(config?.contexts.keys()).map(({ value }) => ({
    value,
    description: value === config?.currentContext ? 'the current context' : '',
  }));
}

/** What looks like a flag would be taken for one. */
function named(names: Iterable<string> = []): Candidate[] {
  const words = [...names].filter((name) => !name.startsWith('-')).sort();
  return words.map((value) => ({ value, description: '' }));
}

/** The word is a list: what stands before its last comma stays, and is not offered again. */
function listed(candidates: readonly Candidate[], word: string): Candidate[] {
  const before = word.split(',').slice(0, -1);
  return candidates
    .filter(({ value }) => !before.includes(value))
    .map((one) => ({ ...one, value: [...before, one.value].join(',') }));
}

async function codes(): Promise<Candidate[]> {
  const { CAUSES } = await import('../causes.ts');
  return CAUSES.map(({ code, meaning }) => ({ value: code, description: meaning }));
}

async function actions(): Promise<Candidate[]> {
  const { ACTIONS } = await import('../../mitigation/actions/index.ts');
  return Object.entries(ACTIONS).map(([value, { summary }]) => ({ value, description: summary }));
}

async function kinds(): Promise<Candidate[]> {
  const { DESCRIBED } = await import('../../report/describe/subject.ts');
  return named(DESCRIBED);
}

/** KIND/NAME, with the kind as it was typed. */
async function objects(word: string, given: Given, io: Io): Promise<Candidate[]> {
  const { parseSubject } = await import('../../report/describe/subject.ts');
  const subject = parseSubject(word);
  if (!('kind' in subject)) return [];
  const names = await namesOf(subject.kind.toLowerCase(), given, io);
  return names.map(({ value, description }) => ({ value: `${word.split('/')[0]}/${value}`, description }));
}

/** Saved objects are not looked through: reading them takes longer than a prompt may. */
async function namesOf(kind: string, given: Given, host: Host): Promise<Candidate[]> {
  if (given.from !== undefined) return [];
  const { namesInCluster } = await import('../../kube/names.ts');
  const namespace = [given.namespace].flat().at(-1);
  const where = typeof namespace === 'string' && namespace !== '' ? namespace : null;
  const userAgent = `${manifest.name}/v${manifest.version}`;
  return named(await namesInCluster(kind, where, connectionFlags(given), host, userAgent));
}

async function repairs({ env }: Io): Promise<Candidate[]> {
  const { journalFolder, openJournal } = await import('../../mitigation/journal-file.ts');
  const { revertible } = await import('../../mitigation/journal.ts');
  const entries = openJournal(journalFolder(env)).entries();
  return entries
    .filter((one) => revertible(one, entries).length > 0)
    .reverse()
    .map(({ id, action, cluster }) => ({
      value: id,
      description: `${action} ${cluster.context ?? cluster.server ?? ''}`,
    }));
}
