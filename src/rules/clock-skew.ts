import type { Lease } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { clockSkew, leaseState, renewedAt } from '../objects/operator/lease.ts';

/** Answers take a moment, and servers tell whole seconds. */
const AHEAD_SECONDS = 10;
/** A node that is silent for so long would not be called Ready (Kubernetes 1.36 NodeMonitorGracePeriod, 50 seconds), unless the controller has just started. */
const BEHIND_SECONDS = 90;

export default defineRule({
  code: 'clock-skew',
  rung: 'control-plane',
  severity: 'warning',
  meaning:
    "The clock of a machine differs from the API server's: it renews its lease with times that are ahead of now, or long past.",
  impact:
    'Ages of leases, tokens and certificates are misjudged; at worst each side takes the other for dead or expired.',
  evidence:
    "The renew times of leases are compared with the API server's own clock. Certain: they are more than 15 seconds from the time at which the API server stored them (managedFields). Where that is not told, likely: one is more than 10 seconds ahead. Possible: the lease of a Ready node is 90 seconds behind, while kube-controller-manager, which would call a silent node Unknown, is at work. It is told beside the cause.",
  remedy: 'Repair the time synchronisation (NTP, chrony) of that machine.',
  commands: ['kubectl get leases -n kube-node-lease', 'kubectl get leases -n kube-system'],
  related: ['api-tls-untrusted', 'controller-manager-down', 'node-lease-stale-but-ready', 'image-tls'],
  needs: ['controllerManagerLease'],
  wants: ['schedulerLease', 'operatorLease', 'nodes', 'nodeLeases'],
  evaluate(seen) {
    const leases = list([
      seen.controllerManagerLease,
      seen.schedulerLease,
      seen.operatorLease,
      ...list(seen.nodeLeases),
    ]);
    const told = leases.filter((lease) => renewedAt(lease) !== (lease.spec?.renewTime ?? null));
    const untold = leases.filter((lease) => clockSkew(lease) === null);
    const age = (lease: Lease) => ageSeconds(seen.readAt, lease.spec?.renewTime) ?? 0;
    const ahead = untold.filter((lease) => age(lease) < -AHEAD_SECONDS);
    const judged = leaseState(seen.controllerManagerLease, seen.readAt).alive;
    const ready = list(seen.nodes)
      .filter((node) => condition(node.status?.conditions, 'Ready')?.status === 'True')
      .map(nameOf);
    const behind = untold.filter(
      (lease) =>
        judged && list(seen.nodeLeases).includes(lease) && ready.includes(nameOf(lease)) && age(lease) > BEHIND_SECONDS,
    );
    const skewed = [...told, ...ahead, ...behind];
    const [first] = skewed;
    const guess = ahead.length > 0 ? 'likely' : 'possible';
    if (!first) return [];
    const holders = [...new Set(skewed.map((lease) => lease.spec?.holderIdentity || nameOf(lease)))].join(', ');
    return [
      {
        title: `the clock of ${holders} differs from the API server's`,
        object: { kind: 'Lease', namespace: first.metadata?.namespace ?? null, name: nameOf(first) },
        since: null,
        confidence: told.length > 0 ? 'certain' : guess,
        evidence: skewed.map((lease) => ({
          text: `renewed at ${lease.spec?.renewTime}, while the API server's clock says ${told.includes(lease) ? renewedAt(lease) : seen.readAt}`,
          source: `lease/${nameOf(lease)} in ${lease.metadata?.namespace}`,
        })),
        explains: [],
        mitigation: { action: 'repair-clock', automatic: false, command: 'kubectl get leases -n kube-node-lease' },
      },
    ];
  },
});
