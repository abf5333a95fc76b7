import { EXIT, UserError } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import { type Kubeconfig, kubeconfigError } from './kubeconfig-file.ts';

/** What holds where there is no kubeconfig. */
export const EMPTY: Kubeconfig = { currentContext: null, clusters: new Map(), contexts: new Map(), users: new Map() };

/** The entry of that name. Throws an error that says which there are: wrong usage where a flag gives that name, else an AccessError. */
export function entry<T>(entries: ReadonlyMap<string, T>, sort: string, name: string, flag: string): T {
  const found = entries.get(name);
  if (found) return found;
  const message = `the kubeconfig has no ${sort} "${name}"${choice(entries, sort, name)}`;
  throw flag === name ? new UserError(message, EXIT.usage) : kubeconfigError(message);
}

/** The name that was probably meant, and at most ten that there are. */
function choice(entries: ReadonlyMap<string, unknown>, sort: string, like = ''): string {
  const names = [...entries.keys()].sort((a, b) => sharedStart(b, like) - sharedStart(a, like) || (a < b ? -1 : 1));
  const near = like.length > 2 ? nearest(like, names) : null;
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  const meant = near === null ? '' : `; did you mean ${near}?`;
  return names.length > 0 ? `${meant || ';'} choose one with --${sort}: ${names.slice(0, 10).join(', ')}${more}` : '';
}

function sharedStart(a: string, b: string): number {
  const differs = [...a].findIndex((letter, index) => letter !== b[index]);
  return differs < 0 ? a.length : differs;
}

/** Why no server is known, and what to give. `paths` is where a kubeconfig was looked for. */
export function noServer(
  config: Kubeconfig,
  { contextName, clusterName }: { contextName: string | null; clusterName: string | undefined },
  paths: readonly string[],
): Error {
  const { clusters, contexts } = config;
  if (clusterName && clusters.has(clusterName)) {
    return kubeconfigError(`cluster "${clusterName}" of the kubeconfig has no server; give one with --server`);
  }
  if (clusterName) {
    return kubeconfigError(`the kubeconfig has no cluster "${clusterName}"${choice(clusters, 'cluster', clusterName)}`);
  }
  if (contextName) return kubeconfigError(`context "${contextName}" names no cluster${choice(clusters, 'cluster')}`);
  if (contexts.size > 0)
    return kubeconfigError(`the kubeconfig names no current context${choice(contexts, 'context')}`);
  const looked = paths.join(', ') || 'no file: KUBECONFIG names none';
  if (config !== EMPTY) {
    return kubeconfigError(`the kubeconfig (${looked}) holds no context; give another one with --kubeconfig`);
  }
  return kubeconfigError(`no kubeconfig found (looked in ${looked}), and this is no pod; give one with --kubeconfig`);
}
