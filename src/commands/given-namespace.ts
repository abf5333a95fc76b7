import { knownValue } from '../diagnosis/evaluate.ts';
import { namespaceNames } from '../kube/names.ts';
import { EXIT, UserError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import { nearest } from '../model/nearest.ts';
import type { Ask } from '../model/request.ts';
import { tracesOf } from '../objects/operator/installation.ts';

/**
 * Refuses a namespace that was given and does not exist, unless an installation of KubeVirt points at it, or may do so unseen: that one is
 * gone, and not misspelt.
 */
export async function refuseUnknownNamespace(evidence: Evidence, ask: Ask): Promise<void> {
  const { namespace, foundBy, reads } = evidence;
  if (namespace === null || foundBy !== 'flag' || reads.namespace.status !== 'absent') return;
  const seen = {
    target: { namespace, foundBy },
    kubevirts: knownValue(evidence, 'kubevirts'),
    operatorWebhook: knownValue(evidence, 'operatorWebhook'),
  };
  const isSure = [reads.kubevirts, reads.operatorWebhook].every(
    ({ status }) => status === 'read' || status === 'absent',
  );
  if (!isSure || tracesOf(seen).length > 0) return;
  const near = nearest(namespace, await namespaceNames(ask));
  const hint = near ? `did you mean ${near}?` : 'without -n the namespace of virt-operator is looked for';
  throw new UserError(`there is no namespace "${namespace}"; ${hint}`, EXIT.usage);
}
