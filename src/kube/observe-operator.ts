import type { Read } from '../model/evidence.ts';
import type { Ask } from '../model/request.ts';
import type { OperatorState } from '../objects/progress.ts';
import { startReader } from './reader.ts';
import { READS } from './reads.ts';

/** Reads the few objects that tell whether virt-operator comes back. Never throws: what could not be read is undefined. */
export async function observeOperator(ask: Ask, namespace: string, name: string): Promise<OperatorState> {
  const reader = startReader(ask);
  const [deployment, replicaSets, pods, lease] = await Promise.all([
    reader.object('deployment', READS.deployment.ask(namespace, name)),
    reader.list('replicaSets', READS.replicaSets.ask(namespace)),
    reader.list('pods', READS.pods.ask(namespace)),
    reader.object('operatorLease', READS.operatorLease.ask(namespace)),
  ]);
  return {
    readAt: reader.date() ?? new Date().toISOString(),
    deployment: known(deployment),
    replicaSets: known(replicaSets) ?? undefined,
    pods: known(pods) ?? undefined,
    lease: known(lease),
  };
}

function known<T>(read: Read<T>): T | null | undefined {
  if (read.status === 'read') return read.value;
  return read.status === 'absent' ? null : undefined;
}
