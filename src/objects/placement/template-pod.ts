import type { Deployment, PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import type { Incoming } from './pod-affinity.ts';

/** What the API server lets every pod tolerate for a while (Kubernetes 1.36 plugin/pkg/admission/defaulttolerationseconds/admission.go). */
const TOLERATED = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** The pod that would be made next from the Deployment's template. */
export function templatePod(deployment: Deployment | null | undefined): Incoming {
  const { metadata, spec } = deployment?.spec?.template ?? {};
  return {
    metadata: { ...metadata, namespace: deployment?.metadata?.namespace ?? null },
    spec: spec ? { ...spec, tolerations: [...list(spec.tolerations), ...forAWhile()] } : null,
  };
}

function forAWhile(): NonNullable<PodSpec['tolerations']> {
  return TOLERATED.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));
}
