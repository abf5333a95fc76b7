import { get, list } from './question.ts';
import { RESOURCES } from './resources.ts';

const COMPONENT_LABELS = 'kubevirt.io in (virt-api,virt-controller)';

/** The reads about what an outage touches (see reads.ts). */
export const IMPACT_READS = {
  components: {
    what: 'Deployments virt-api and virt-controller',
    ask: (namespace: string) => list(RESOURCES.deployments, { namespace, limit: 10, labelSelector: COMPONENT_LABELS }),
  },
  virtHandler: {
    what: 'DaemonSet virt-handler',
    ask: (namespace: string) => get(RESOURCES.daemonSets, namespace, 'virt-handler'),
  },
  certificateAuthority: {
    what: 'ConfigMap kubevirt-ca',
    ask: (namespace: string) => get(RESOURCES.configMaps, namespace, 'kubevirt-ca'),
  },
  subresourcesApi: {
    what: 'APIService v1.subresources.kubevirt.io',
    ask: () => get(RESOURCES.apiServices, null, 'v1.subresources.kubevirt.io'),
  },
};
