import type { Confidence } from '../../model/finding.ts';
import type { Deployment, StatefulSet } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';
import { lastWriter } from '../meta/managed-fields.ts';
import { nameOf, reference } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import type { MonitoringFault } from './monitoring.ts';

type Workload = Deployment | StatefulSet;

/** Why Prometheus has no kube-state-metrics about a namespace's pods; null while one that tells is ready, or when that was not read. */
export function kubeStateMetricsFault(
  workloads: readonly Workload[] | null | undefined,
  namespace: string,
): MonitoringFault | null {
  if (!workloads) return null;
  const faults = workloads.map((one) => faultOf(one, namespace));
  if (faults.length > 0) return faults.includes(null) ? null : (faults.find((fault) => fault !== null) ?? null);
  return {
    title: 'no kube-state-metrics was found in the cluster: without it Prometheus does not know of any pod',
    since: null,
    confidence: 'possible',
    object: { kind: 'Deployment', namespace: null, name: 'kube-state-metrics' },
    evidence: [
      {
        text: 'no Deployment and no StatefulSet has this label',
        source: 'label app.kubernetes.io/name=kube-state-metrics in all namespaces',
      },
    ],
    command: 'kubectl get pods -A | grep kube-state-metrics',
  };
}

function faultOf(workload: Workload, namespace: string): MonitoringFault | null {
  const ready = workload.status?.readyReplicas ?? 0;
  if (ready === 0) return notReady(workload);
  const left = leftOut(workload, namespace);
  return left === null
    ? null
    : fault(workload, { title: `${named(workload)} leaves out pods of namespace ${namespace}`, text: left });
}

function notReady(workload: Workload): MonitoringFault {
  const desired = workload.spec?.replicas ?? 1;
  const available = condition((workload as Deployment).status?.conditions, 'Available');
  const scaled = desired === 0 ? (lastWriter(workload, ['spec', 'replicas'])?.time ?? null) : null;
  return fault(workload, {
    title: `${named(workload)} has no ready pod: Prometheus knows of no pod at all`,
    text: `0 of ${desired} wanted pods are ready`,
    since: available?.status === 'False' ? (available.lastTransitionTime ?? null) : scaled,
  });
}

/** Its flags (kube-state-metrics v2 pkg/options/options.go) that leave out pods, or this namespace; metric lists are patterns, and only hint. */
function leftOut(workload: Workload, namespace: string): string | null {
  const containers = list(workload.spec?.template?.spec?.containers);
  const args = containers.flatMap((one) => [...list(one.command), ...list(one.args)]).map(String);
  const values = (flag: string) =>
    args
      .filter((arg) => arg.startsWith(`--${flag}=`))
      .flatMap((arg) => arg.slice(flag.length + 3).split(','))
      .filter((value) => value !== '');
  const [namespaces, resources] = [values('namespaces'), values('resources')];
  if (namespaces.length > 0 && !namespaces.includes(namespace)) return `--namespaces=${namespaces.join(',')}`;
  if (values('namespaces-denylist').includes(namespace)) return `--namespaces-denylist has ${namespace}`;
  return resources.length > 0 && !resources.includes('pods') ? `--resources=${resources.join(',')}` : null;
}

function fault(
  workload: Workload,
  { title, text, since = null }: { title: string; text: string; since?: string | null },
): MonitoringFault {
  const kind = workload.kind === 'StatefulSet' ? 'StatefulSet' : 'Deployment';
  const [name, namespace] = [nameOf(workload), workload.metadata?.namespace ?? ''];
  const confidence: Confidence = 'certain';
  const source = `${kind.toLowerCase()}/${name} in ${namespace}`;
  const command = shell`kubectl -n ${namespace} describe ${kind.toLowerCase()}/${name}`;
  return { title, since, confidence, object: reference(kind, workload), evidence: [{ text, source }], command };
}

function named(workload: Workload): string {
  return `${nameOf(workload)} in namespace ${workload.metadata?.namespace ?? ''}`;
}
