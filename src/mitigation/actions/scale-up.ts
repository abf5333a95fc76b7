import type { Deployment } from '../../model/kubernetes.ts';
import { eventMessage, eventsAbout } from '../../objects/meta/event.ts';
import { shell } from '../../objects/meta/shell.ts';
import { type Context, known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { mergePatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

/** What KubeVirt's own manifest asks for. */
const DEFAULT_REPLICAS = 2;
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Gives a Deployment that was scaled to 0 its replicas back. */
export const scaleUp: ActionKind = {
  summary: 'Scale the Deployment up to the replicas it had before',
  risk: 'low',
  rights: ['patch deployments.apps/scale'],
  reversible: true,
  lastResort: false,
  alsoFor: [],
  plan(context) {
    const { deployment } = context.operator;
    if (deployment?.spec?.replicas !== 0) return 'the Deployment is not scaled to 0';
    const { replicas, knownFrom } = previousReplicas(deployment, context);
    const target = targetOf('Deployment', deployment);
    const { namespace, name } = target;
    return [
      {
        name: 'scale-up',
        title: `Scale Deployment ${name} from 0 to ${replicas} replicas (${knownFrom})`,
        target,
        before: deployment,
        request: mergePatch(target, deployment, { spec: { replicas } }, '/scale'),
        precondition: 'it is still scaled to 0, and nobody changed it since it was read',
        risk: 'low',
        cautions: ['Somebody scaled it down: make sure that no maintenance goes on.', ...unknownScaler(context)],
        rights: [rightTo('patch', target, 'scale')],
        undo: { possible: true },
        command: shell`kubectl -n ${namespace} scale deployment/${name} --replicas=${replicas} --current-replicas=0`,
      },
    ];
  },
};

/** An autoscaler on the Deployment would undo the change; one that is known stops it (abort.ts). */
function unknownScaler({ evidence }: Context): string[] {
  const isUnread = (['autoscalers', 'scaledObjects'] as const).some((key) => known(evidence, key) === undefined);
  return isUnread ? ['Whether an autoscaler sets its replicas is not known.'] : [];
}

/** Until Kubernetes 1.31 `to 0 from 2`, then `from 2 to 0` (pkg/controller/deployment/sync.go scaleReplicaSet). */
const SCALED_TO_ZERO = /^Scaled down replica set \S+ (?:from (\d+) to 0|to 0 from (\d+))$/;

function previousReplicas(deployment: Deployment, { evidence }: Context): { replicas: number; knownFrom: string } {
  const events = known(evidence, 'events');
  const scaled = eventsAbout(events, deployment, 'ScalingReplicaSet')
    .map((event) => SCALED_TO_ZERO.exec(eventMessage(event))?.slice(1).find(Boolean))
    .find((count) => count !== undefined);
  if (scaled !== undefined) return { replicas: Number(scaled), knownFrom: 'as before it was scaled down' };
  const applied = appliedReplicas(deployment);
  if (applied !== null) return { replicas: applied, knownFrom: 'as last applied' };
  return { replicas: DEFAULT_REPLICAS, knownFrom: "as KubeVirt's manifest has it" };
}

function appliedReplicas({ metadata }: Deployment): number | null {
  try {
    const { spec } = JSON.parse(metadata?.annotations?.[APPLIED] ?? '{}') as { spec?: { replicas?: unknown } };
    const count = spec?.replicas;
    return typeof count === 'number' && Number.isInteger(count) && count > 0 ? count : null;
  } catch {
    return null;
  }
}
