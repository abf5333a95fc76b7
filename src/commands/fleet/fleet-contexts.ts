import type { Host } from '../../kube/config/host.ts';
import { kubeconfigPaths, loadKubeconfig } from '../../kube/config/kubeconfig.ts';
import { type Kubeconfig, kubeconfigError } from '../../kube/config/kubeconfig-file.ts';
import { EXIT, UserError } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';

/** The kubeconfig, and which of its contexts are meant. Throws a usage error for one that it does not have, before anything is asked. */
export function chooseContexts(
  wanted: readonly string[] | 'all',
  flag: string,
  host: Host,
): { kubeconfig: Kubeconfig; contexts: readonly string[] } {
  const kubeconfig = loadKubeconfig(flag, host);
  const looked = kubeconfigPaths(flag, host).join(', ');
  if (!kubeconfig) throw kubeconfigError(`no kubeconfig found (looked in ${looked}); give one with --kubeconfig`);
  const known = [...kubeconfig.contexts.keys()].sort();
  if (known.length === 0) throw kubeconfigError(`the kubeconfig has no contexts (looked in ${looked})`);
  if (wanted === 'all') return { kubeconfig, contexts: known };
  const unknown = wanted.find((name) => !kubeconfig.contexts.has(name));
  if (unknown === undefined) return { kubeconfig, contexts: wanted };
  const near = nearest(unknown, known);
  const hint = near === null ? 'kubectl config get-contexts lists them' : `did you mean ${near}?`;
  throw new UserError(`the kubeconfig has no context "${unknown}"; ${hint}`, EXIT.usage);
}
