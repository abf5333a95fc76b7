import manifest from '../../../package.json' with { type: 'json' };
import type { Host } from '../../kube/config/host.ts';
import type { Kubeconfig } from '../../kube/config/kubeconfig-file.ts';
import { logIn } from '../../kube/open-cluster.ts';
import { gather } from '../../kube/read/gather.ts';
import { AccessError } from '../../model/errors.ts';
import type { ReadLog } from '../../model/evidence.ts';
import type { OperatorReport } from '../../model/report.ts';
import { accessReport } from '../access-report.ts';
import type { Options } from '../flags/parse-options.ts';
import { operatorReport } from '../operator-report.ts';

/** Behind the deadline that the connection keeps itself, should something not keep it. */
const GRACE_MS = 500;

/** What one cluster of a fleet came to. `noAnswer`: the report only says why there is none. */
export interface ClusterAnswer {
  state: 'answered' | 'noAnswer';
  report: OperatorReport;
  log: readonly ReadLog[];
}

/** How one cluster of a fleet is asked. */
export interface FleetAsking {
  options: Options;
  kubeconfig: Kubeconfig;
  host: Host;
  onProgress(what: string): void;
}

/**
 * Asks one cluster of a fleet. Nobody is asked for a password or the like, and the deadline is for login and reads together. Always
 * settles: whatever goes wrong is this cluster's answer.
 */
export async function askCluster(context: string, asking: FleetAsking): Promise<ClusterAnswer> {
  const { requestTimeout } = asking.options;
  const open: { close(): void }[] = [];
  try {
    return await within(requestTimeout, context, read(context, asking, open));
  } catch (error) {
    return { state: 'noAnswer', report: reportOf(error, context), log: [] };
  } finally {
    for (const one of open) one.close();
  }
}

async function read(context: string, asking: FleetAsking, open: { close(): void }[]): Promise<ClusterAnswer> {
  const { options, kubeconfig, host, onProgress } = asking;
  const started = performance.now();
  // In tenths of a second, for it is part of messages.
  const left = () => Math.max(100, Math.ceil((options.requestTimeout - (performance.now() - started)) / 100) * 100);
  const isLimited = options.requestTimeout > 0;
  const unattended = { ...host, isTerminal: false, ...(isLimited && { loginMs: left() }) };
  const flags = { ...options.connection, context };
  const login = await logIn(flags, unattended, `${manifest.name}/v${manifest.version}`, kubeconfig);
  const transport = login.open({ totalMs: isLimited ? left() : 0 });
  open.push(transport);
  const { cluster, otherContexts } = login;
  const namespace = options.namespace ?? undefined;
  const evidence = { ...(await gather(transport.ask, { namespace, cluster, onProgress })), otherContexts };
  return { state: 'answered', report: operatorReport(evidence), log: evidence.log };
}

async function within<T>(milliseconds: number, context: string, work: Promise<T>): Promise<T> {
  if (milliseconds === 0) return work;
  const late = Promise.withResolvers<never>();
  const text = `no answer from context ${context} within ${milliseconds / 1000}s`;
  const timer = setTimeout(() => late.reject(new AccessError('timeout', text)), milliseconds + GRACE_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function reportOf(error: unknown, context: string): OperatorReport {
  const readAt = new Date().toISOString();
  const unknown = { context, server: null, user: null };
  if (error instanceof AccessError) {
    return accessReport(new AccessError(error.code, error.message, error.cluster ?? unknown), readAt);
  }
  const text = `this is a bug: ${error}; look at this context alone, with DEBUG=1, and report what that prints`;
  return { ...accessReport(new AccessError('kubeconfig', text, unknown), readAt), causes: [] };
}
