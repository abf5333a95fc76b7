import type { APIService } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';

export default defineRule({
  code: 'aggregated-api-down',
  rung: 'leader',
  order: 8,
  severity: 'info',
  meaning:
    'The API server does not reach virt-api behind APIService v1.subresources.kubevirt.io. virt-operator does not need it; its users do.',
  impact:
    'VMs have no console, and cannot be started, stopped, paused or migrated through the API. Namespaces are not deleted to the end.',
  evidence:
    'Certain: the Available condition of APIService v1.subresources.kubevirt.io is False, and not since it was made. It follows from an outage of KubeVirt and is told beside its cause.',
  remedy:
    'Look at the pods of virt-api, and at what lies between them and the API server: network policies, its Service, its certificate.',
  commands: [
    'kubectl get apiservice v1.subresources.kubevirt.io -o yaml',
    'kubectl -n NAMESPACE get pods,endpointslices -l kubevirt.io=virt-api -o wide',
  ],
  related: ['namespace-terminating', 'serving-cert-broken'],
  needs: ['subresourcesApi'],
  wants: ['components'],
  evaluate({ subresourcesApi, components }) {
    const available = condition(subresourcesApi?.status?.conditions, 'Available');
    if (!subresourcesApi || available?.status !== 'False' || neverWorked(subresourcesApi)) return [];
    const name = nameOf(subresourcesApi);
    const { reason, message, lastTransitionTime } = available;
    const virtApi = list(components).find((one) => nameOf(one) === 'virt-api');
    const ready = virtApi ? `${virtApi.status?.readyReplicas ?? 0}/${virtApi.spec?.replicas ?? 1} ready` : null;
    return [
      {
        title: `the API server does not reach virt-api: ${reason ?? 'it does not say why'}`,
        object: reference('APIService', subresourcesApi),
        since: lastTransitionTime ?? null,
        confidence: 'certain',
        evidence: [
          { text: message ?? 'Available is False', source: `apiservice/${name} status.conditions[Available]` },
          ...(ready ? [{ text: ready, source: 'deployment/virt-api status' }] : []),
        ],
        explains: [],
        mitigation: {
          action: 'look-at-virt-api',
          automatic: false,
          command: shell`kubectl -n ${subresourcesApi.spec?.service?.namespace ?? 'kubevirt'} get pods,endpointslices -l kubevirt.io=virt-api -o wide`,
        },
      },
    ];
  },
});

/** What the API server has not reached since it was made tells of the installation, not of this outage: only a change is news. */
function neverWorked({ metadata, status }: APIService): boolean {
  const { reason, lastTransitionTime } = condition(status?.conditions, 'Available') ?? {};
  const seconds = ageSeconds(lastTransitionTime ?? '', metadata?.creationTimestamp);
  return reason === 'FailedDiscoveryCheck' && seconds !== null && seconds < 60;
}
