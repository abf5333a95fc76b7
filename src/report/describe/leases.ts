import type { Evidence } from '../../model/evidence.ts';
import type { Lease } from '../../model/kubernetes.ts';
import type { Line } from '../../model/line.ts';
import { ago } from '../../objects/meta/human-duration.ts';
import { list } from '../../objects/meta/list.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { leaseState } from '../../objects/operator/lease.ts';
import { readValue, whyNothing } from '../read.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { heading } from './field.ts';
import { isWanted, type Subject } from './subject.ts';

/** Who leads, and whether the control plane and the nodes are alive. */
export function leaseSection({ evidence }: View, subject: Subject | null): Line[] {
  const { operatorLease, controllerManagerLease, schedulerLease, nodeLeases } = evidence.reads;
  const named = [
    ['virt-operator', operatorLease],
    ['kube-controller-manager', controllerManagerLease],
    ['kube-scheduler', schedulerLease],
  ] as const;
  const rows = [
    ...named.map(([name, read]) => leaseRow(name, readValue(read), evidence) ?? [name, whyNothing(read), '', '']),
    ...list(readValue(nodeLeases)).map((lease) => leaseRow(nameOf(lease), lease, evidence) ?? []),
  ].filter(([name]) => isWanted(subject, 'Lease', name ?? ''));
  return rows.length === 0 ? [] : [heading('Leases'), ...table(['NAME', 'HOLDER', 'RENEWED', 'STATE'], rows, '  ')];
}

function leaseRow(name: string, lease: Lease | null, { readAt }: Evidence): string[] | null {
  if (!lease) return null;
  const { holder, renewTime, alive } = leaseState(lease, readAt);
  const renewed = renewTime ? ago(readAt, renewTime) : 'never';
  return [name, holder ?? '<none>', renewed, alive ? 'held' : 'not held'];
}
