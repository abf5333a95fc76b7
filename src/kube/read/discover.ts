import type { FoundBy, Read } from '../../model/evidence.ts';
import type {
  Deployment,
  KubernetesObject,
  KubeVirt,
  Namespace,
  WebhookConfiguration,
} from '../../model/kubernetes.ts';
import { items, UNNEEDED } from './merge.ts';
import type { Reader } from './reader.ts';
import { DISCOVERY, READS } from './reads.ts';

/** Where KubeVirt is usually installed: upstream, OpenShift Virtualization, HyperConverged Cluster Operator, Harvester. */
const WELL_KNOWN = ['kubevirt', 'openshift-cnv', 'kubevirt-hyperconverged', 'harvester-system'];
const OPERATOR = 'virt-operator';

/** What is read first, before the operator's namespace is known. */
export interface Traces {
  deployments: Read<Deployment[]>;
  kubevirts: Read<KubeVirt[]>;
  operatorWebhook: Read<WebhookConfiguration>;
}

export interface Found {
  namespace: string | null;
  foundBy: FoundBy | null;
  deployment: Read<Deployment>;
  otherDeployments: Read<Deployment[]>;
}

/**
 * Finds the operator: the namespace that was asked for, or the first of labelled Deployment, KubeVirt resource, the webhook that
 * virt-operator leaves behind, labelled namespace, well-known name. A namespace may be found although it is gone.
 */
export async function discover(reader: Reader, traces: Traces, asked: string | null): Promise<Found> {
  const listed = items(traces.deployments);
  const deployment = chooseDeployment(listed, items(traces.kubevirts));
  const namespace = asked ?? deployment?.metadata?.namespace;
  if (deployment && namespace) {
    const { odd } = traces.deployments.status === 'read' ? traces.deployments : {};
    const read = { status: 'read', value: deployment, ...(odd && { odd }) } as const;
    const otherDeployments = { status: 'read', value: listed.filter((one) => one !== deployment) } as const;
    return { namespace, foundBy: asked ? 'flag' : 'deployment', deployment: read, otherDeployments };
  }
  const trace = asked ? { namespace: asked, foundBy: 'flag' as const } : await traceOf(reader, traces);
  if (!trace) return wellKnown(reader, traces.deployments);
  const read = await reader.object('deployment', READS.deployment.ask(trace.namespace));
  return { ...trace, deployment: read, otherDeployments: UNNEEDED };
}

/** Of several Deployments with the label: one that asks for pods before one that does not, the one named virt-operator beside a KubeVirt resource, then any of that name. */
function chooseDeployment(deployments: Deployment[], kubevirts: KubeVirt[]): Deployment | null {
  const namespaces = kubevirts.map(namespaceOf);
  const beside = (one: Deployment) => namespaces.includes(namespaceOf(one));
  // One that was scaled to 0 in favour of another, under another name, is not the one that fails.
  const wanted = deployments.filter((one) => beside(one) && one.spec?.replicas !== 0);
  const known = wanted.length > 0 ? wanted : deployments;
  const named = known.filter((one) => one.metadata?.name === OPERATOR);
  return named.find(beside) ?? named[0] ?? known[0] ?? null;
}

async function traceOf(reader: Reader, traces: Traces): Promise<{ namespace: string; foundBy: FoundBy } | null> {
  const byKubevirt = items(traces.kubevirts).map(namespaceOf).find(Boolean);
  if (byKubevirt) return { namespace: byKubevirt, foundBy: 'kubevirt' };
  const byWebhook = traces.operatorWebhook.status === 'read' ? serviceNamespace(traces.operatorWebhook.value) : null;
  if (byWebhook) return { namespace: byWebhook, foundBy: 'webhook' };
  const labelled = await reader.list('namespace', DISCOVERY.labelledNamespaces());
  const byLabel = chooseNamespace(items(labelled));
  return byLabel ? { namespace: byLabel, foundBy: 'namespace-label' } : null;
}

function serviceNamespace(configuration: WebhookConfiguration): string | null {
  const namespaces = (configuration.webhooks ?? []).map((webhook) => webhook?.clientConfig?.service?.namespace);
  return namespaces.find(Boolean) ?? null;
}

function chooseNamespace(namespaces: Namespace[]): string | null {
  const names = namespaces.flatMap((one) => one.metadata?.name ?? []);
  return WELL_KNOWN.find((name) => names.includes(name)) ?? names[0] ?? null;
}

/**
 * Tries the usual namespaces one by one, for users who may not list. Where all but one are forbidden, that one is the namespace
 * this user looks after, even when it holds no Deployment.
 */
async function wellKnown(reader: Reader, listed: Read<Deployment[]>): Promise<Found> {
  const tried = await Promise.all(
    WELL_KNOWN.map(async (namespace) => ({
      namespace,
      foundBy: 'well-known' as const,
      deployment: await reader.object('deployment', READS.deployment.ask(namespace)),
      otherDeployments: UNNEEDED,
    })),
  );
  const present = tried.find(({ deployment }) => deployment.status === 'read');
  const absent = tried.filter(({ deployment }) => deployment.status === 'absent');
  const found = present ?? (absent.length === 1 ? absent[0] : await existing(reader, absent));
  return (
    found ?? {
      namespace: null,
      foundBy: null,
      deployment: listed.status === 'read' ? { status: 'absent' } : listed,
      otherDeployments: UNNEEDED,
    }
  );
}

/** The first whose namespace exists: one that is being deleted holds no Deployment any more, nor does one from which that was deleted. */
async function existing(reader: Reader, tried: readonly Found[]): Promise<Found | undefined> {
  const reads = await Promise.all(
    tried.map(({ namespace }) => reader.object('namespace', READS.namespace.ask(namespace ?? ''))),
  );
  return tried.find((_, index) => reads[index]?.status === 'read');
}

function namespaceOf(object: KubernetesObject): string | undefined {
  return object.metadata?.namespace ?? undefined;
}
