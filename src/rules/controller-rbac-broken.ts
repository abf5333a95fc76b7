import type { Confidence, Gap } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import {
  type BrokenRight,
  brokenRights,
  controllerRole,
  idleControllers,
} from '../objects/creation/controller-rights.ts';
import { newestCreateFailure } from '../objects/creation/create-failure.ts';
import { replicaSetFailure, unmadeGaps } from '../objects/creation/replica-set-failure.ts';
import { shell } from '../objects/meta/shell.ts';
import { type Operator, operatorOf, uncreatedGaps } from '../objects/operator/operator.ts';

/** Kubernetes 1.36 apiserver pkg/endpoints/handlers/responsewriters/errors.go forbiddenMessage, and plugin/pkg/admission/gc/gc_admission.go. */
const REFUSED =
  /is forbidden: User "[^"]+" cannot create resource "(?:pods|replicasets)"|cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on/;

export default defineRule({
  code: 'controller-rbac-broken',
  rung: 'replicaset',
  order: 0,
  severity: 'critical',
  meaning:
    'A controller of kube-controller-manager has lost its rights. Without its binding it cannot even report that: no event, no condition, and a status that stays as it was.',
  impact: 'No Deployment or ReplicaSet of any namespace gets new pods.',
  evidence:
    'Pods or a ReplicaSet are owed, or asked of no ReplicaSet, and the ClusterRole and ClusterRoleBinding of their controller are looked at. Certain: one is missing, does not name the controller or lacks a right that it needs. Possible: the same, while that controller reports other failures and so is at work. Likely: they could not be read, and the newest failure says that the controller may not create.',
  remedy: 'Restart kube-apiserver: it puts its default roles and bindings back. Or create the missing object again.',
  commands: [
    'kubectl get clusterrole,clusterrolebinding ROLE -o yaml',
    'kubectl create clusterrolebinding ROLE --clusterrole=ROLE --serviceaccount=kube-system:CONTROLLER',
  ],
  related: [
    'auth-forbidden-partial',
    'controller-manager-down',
    'observed-generation-lag',
    'rs-create-error',
    'quota-status-unknown',
    'crash-rbac',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['controllerRights', 'events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const controllers = idleControllers(operator);
    const failures = [newestCreateFailure(operator, seen.events), replicaSetFailure(operator, seen.events)].filter(
      (one) => one !== null,
    );
    const said = failures.filter(({ message }) => REFUSED.test(message));
    const broken = seen.controllerRights ? brokenRights(controllers, seen.controllerRights) : [];
    const [first] = broken;
    if (controllers.length === 0 || (!first && (said.length === 0 || seen.controllerRights))) return [];
    const role = controllerRole(first?.controller ?? controllers[0] ?? '');
    const kind = first?.kind ?? 'ClusterRole';
    return [
      {
        title: first ? faultTitle(first, role) : `${role} may not create what the operator lacks`,
        object: { kind, namespace: null, name: role },
        since: said[0]?.time ?? null,
        confidence: sureness(first, failures.length - said.length),
        evidence: [
          ...broken.map((one) => ({
            text: one.fault,
            source: `${one.kind.toLowerCase()}/${controllerRole(one.controller)}`,
          })),
          ...said.map(({ message, source }) => ({ text: message, source })),
        ],
        explains: controllers.flatMap((one) => gapsOf(one, operator)),
        told: said.length > 0,
        mitigation: {
          action: 'restore-controller-rights',
          automatic: false,
          command: repair(first, role),
          ...(first?.fault.startsWith('does not allow') ? { steps: stepsFor(role) } : {}),
        },
      },
    ];
  },
});

function faultTitle({ kind, fault }: BrokenRight, role: string): string {
  return fault === 'not found' ? `${kind} ${role} does not exist` : `${kind} ${role} ${fault}`;
}

/** The binding as the API server makes it at start; for a role that changed there is no one line. */
function repair(broken: BrokenRight | undefined, role: string): string {
  if (broken?.kind !== 'ClusterRoleBinding' || broken.fault !== 'not found')
    return shell`kubectl get clusterrole,clusterrolebinding ${role} -o yaml`;
  return shell`kubectl create clusterrolebinding ${role} --clusterrole=${role} --serviceaccount=kube-system:${broken.controller}`;
}

/** A controller that reports other failures is at work: on some clusters it has other rights than these. */
function sureness(broken: BrokenRight | undefined, otherFailures: number): Confidence {
  if (!broken) return 'likely';
  return otherFailures > 0 ? 'possible' : 'certain';
}

function gapsOf(controller: string, operator: Operator): Gap[] {
  return controller === 'deployment-controller' ? unmadeGaps(operator) : uncreatedGaps(operator);
}

/** The API server repairs its default roles at each start (kubernetes.io/docs/reference/access-authn-authz/rbac, auto-reconciliation). */
function stepsFor(role: string): string[] {
  return [
    repair(undefined, role),
    shell`kubectl annotate clusterrole ${role} rbac.authorization.kubernetes.io/autoupdate=true --overwrite`,
    'kubectl -n kube-system get pods -l component=kube-apiserver -o wide',
    `Restart one kube-apiserver on its node (a static pod on most clusters): at its start it puts ClusterRole ${role} back.`,
  ];
}
