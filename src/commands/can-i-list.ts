import manifest from '../../package.json' with { type: 'json' };
import { REQUIRED_READS } from '../diagnosis/verdict.ts';
import { reviewAccess } from '../kube/access-review.ts';
import { neededReads } from '../kube/needed-reads.ts';
import { openCluster } from '../kube/open-cluster.ts';
import { locate } from '../kube/read/locate.ts';
import { startReader } from '../kube/read/reader.ts';
import { webhookNamespaces } from '../kube/read/webhook-namespaces.ts';
import { whoAmI } from '../kube/who-am-i.ts';
import { neededWrites } from '../mitigation/needed-writes.ts';
import type { CanIItem, CanIList } from '../model/can-i.ts';
import type { MayI } from '../model/change.ts';
import type { Right } from '../model/request.ts';
import type { Io } from '../terminal/io.ts';
import { startSpinner } from '../terminal/spinner.ts';
import type { Options } from './flags/parse-options.ts';

/** Where no operator is found. */
const USUAL_NAMESPACE = 'kubevirt';
const IN_FLIGHT = 6;

type Asked = Omit<CanIItem, 'allowed'>;

/** Asks the API server for every right that the program may use. Throws an AccessError when it does not answer. */
export async function readCanIList(options: Options, io: Io): Promise<CanIList> {
  const userAgent = `${manifest.name}/v${manifest.version}`;
  const transport = await openCluster(options.connection, io, { totalMs: options.requestTimeout }, userAgent);
  const spinner = startSpinner(io, options.quiet || options.connection.verbosity > 0);
  try {
    const { ask, send, cluster } = transport;
    const reader = startReader(ask, (what) => spinner.show(`Reading ${what}`));
    const { namespace, foundBy, deployment, clusterReads } = await locate(reader, options.namespace, cluster);
    spinner.show('Asking for each right');
    const called = (await webhookNamespaces(reader, deployment)) ?? [];
    const [user, items] = await Promise.all([
      whoAmI(send),
      reviewed(rightsIn(namespace ?? USUAL_NAMESPACE, called), reviewAccess(send)),
    ]);
    const { version } = clusterReads;
    return {
      apiVersion: 'virtop/v1',
      kind: 'CanIList',
      user,
      items,
      verdictAllowed: items.every(({ required, allowed }) => !required || allowed === 'yes'),
      operator: { namespace: namespace ?? USUAL_NAMESPACE, foundBy },
      cluster: { ...cluster, version: version.status === 'read' ? (version.value.gitVersion ?? null) : null },
    };
  } finally {
    spinner.stop();
    transport.close();
  }
}

/** Each right once, with all that it is needed for: reading first. */
function rightsIn(namespace: string, called: readonly string[]): Asked[] {
  const reads = neededReads(namespace, called).map(({ key, what, right }) => ({
    ...right,
    access: 'read' as const,
    // A search through all namespaces only saves giving one.
    required: key !== null && REQUIRED_READS.includes(key) && isOfOperator(right, namespace),
    neededFor: [what],
  }));
  const writes = neededWrites(namespace).map(({ action, right }) => ({
    ...right,
    access: 'write' as const,
    required: false,
    neededFor: [action === null ? 'the Event that a repair leaves' : `mitigate ${action}`],
  }));
  const once = new Map<string, Asked>();
  for (const one of [...reads, ...writes]) {
    const key = [one.verb, one.group, one.resource, one.namespace].join(' ');
    const before = once.get(key);
    once.set(key, before ? both(before, one) : one);
  }
  return [...once.values()];
}

function isOfOperator({ verb, resource, namespace: where }: Right, namespace: string): boolean {
  return where === namespace || (verb === 'get' && resource === 'namespaces');
}

function both(one: Asked, other: Asked): Asked {
  const required = one.required || other.required;
  return { ...one, required, neededFor: [...new Set([...one.neededFor, ...other.neededFor])] };
}

/** A few questions at a time. */
async function reviewed(rights: readonly Asked[], mayI: MayI): Promise<CanIItem[]> {
  const items: CanIItem[] = [];
  let next = 0;
  const work = async () => {
    while (next < rights.length) {
      const index = next++;
      const right = rights[index];
      if (right) items[index] = { ...right, allowed: await mayI({ ...right, name: null }) };
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return items;
}
