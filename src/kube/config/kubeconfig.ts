import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Host, homeOf } from './host.ts';
import { type Kubeconfig, kubeconfigError, parseKubeconfig } from './kubeconfig-file.ts';

/**
 * The kubeconfig that kubectl would use: `--kubeconfig` alone, else the files of $KUBECONFIG merged, else ~/.kube/config
 * (client-go tools/clientcmd/loader.go). Of entries with one name, and of current contexts, the first file's counts; files that do not exist
 * are skipped. Null when there is none at all. Throws an AccessError that names the file.
 */
export function loadKubeconfig(flag: string, host: Host): Kubeconfig | null {
  const paths = kubeconfigPaths(flag, host);
  const configs = paths.flatMap((path) => {
    const text = readIfExists(path);
    return text === null ? [] : [parseKubeconfig(path, text)];
  });
  if (flag !== '' && configs.length === 0) throw kubeconfigError(`kubeconfig ${flag} does not exist`);
  return configs.length > 0 ? configs.reduce(merged) : null;
}

/** Where a kubeconfig is looked for, first to last. */
export function kubeconfigPaths(flag: string, host: Host): string[] {
  if (flag !== '') return [flag];
  const { KUBECONFIG: listed } = host.env;
  if (!listed) return [join(homeOf(host), '.kube', 'config')];
  return [...new Set(listed.split(delimiter).filter((path) => path !== ''))];
}

function merged(first: Kubeconfig, second: Kubeconfig): Kubeconfig {
  return {
    currentContext: first.currentContext ?? second.currentContext,
    clusters: new Map([...second.clusters, ...first.clusters]),
    contexts: new Map([...second.contexts, ...first.contexts]),
    users: new Map([...second.users, ...first.users]),
  };
}

function readIfExists(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw kubeconfigError(`cannot read kubeconfig ${path}: ${code}`);
  }
}
