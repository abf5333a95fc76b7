import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Ask } from '../model/request.ts';
import { nameOf } from '../objects/meta/reference.ts';
import type { ConnectionFlags } from './config/connection-flags.ts';
import type { Host } from './config/host.ts';
import { resolveTarget } from './config/target.ts';
import { logInTo } from './open-cluster.ts';
import { listBody, toRead } from './read/body.ts';
import { items } from './read/merge.ts';
import { list, type Resource } from './read/question.ts';
import { OPERATOR_LABEL } from './read/reads.ts';
import { RESOURCES } from './read/resources.ts';

const LIMIT = 500;
/** Whoever waits for the names has given up by then. */
const TOTAL_MS = 1000;

/** Resources by the kind that `describe` takes; of those in namespaces only the operator's. */
const OF_KIND: Readonly<Record<string, Resource>> = {
  deployment: RESOURCES.deployments,
  namespace: RESOURCES.namespaces,
  node: RESOURCES.nodes,
  pod: RESOURCES.pods,
  replicaset: RESOURCES.replicaSets,
};

/**
 * The names of a kind's objects, to choose from while a command is typed. No credential plugin is run for that: it may ask questions in
 * the middle of a prompt, open a browser or count as a login, and takes longer than a prompt may.
 */
export async function namesInCluster(
  kind: string,
  namespace: string | null,
  flags: ConnectionFlags,
  host: Host,
  userAgent: string,
): Promise<string[]> {
  const resource = OF_KIND[kind];
  const target = resolveTarget(flags, host);
  if (resource === undefined || target.user.exec) return [];
  const { open } = await logInTo(target, host, userAgent);
  const transport = open({ totalMs: TOTAL_MS });
  try {
    return await namesOf(transport.ask, resource, namespace);
  } finally {
    transport.close();
  }
}

/** The names of all namespaces, so far as they may be listed. */
export function namespaceNames(ask: Ask): Promise<string[]> {
  return namesOf(ask, RESOURCES.namespaces, null);
}

async function namesOf(ask: Ask, resource: Resource, namespace: string | null): Promise<string[]> {
  const { request } = list(resource, {
    namespace: resource.namespaced ? namespace : null,
    limit: LIMIT,
    form: 'metadata',
    ...(resource.namespaced && { labelSelector: OPERATOR_LABEL }),
  });
  return items(toRead(await ask(request), request.path, listBody<KubernetesObject>)).map(nameOf);
}
