import { askArchive } from '../../src/archive/store.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { OperatorReport } from '../../src/model/report.ts';
import { archiveOf, READ_AT, type TestObject } from './cluster.ts';

const CLUSTER = { context: 'prod-a', server: 'https://10.0.0.1:6443', user: 'alice' };

/** A healthy report; a test states what is different. */
export function report(changes: Partial<OperatorReport> = {}): OperatorReport {
  return {
    apiVersion: 'virtop/v1',
    kind: 'OperatorReport',
    readAt: READ_AT,
    verdict: 'healthy',
    causes: [],
    findings: [],
    notChecked: [],
    alerts: [{ name: 'VirtOperatorDown', state: 'inactive', since: null, falsePositive: false }],
    operator: {
      namespace: 'kubevirt',
      name: 'virt-operator',
      foundBy: 'deployment',
      version: 'v1.9.0',
      desired: 2,
      ready: 2,
      running: 2,
      leader: { holder: 'virt-operator-1-a', renewTime: '2026-03-01T02:59:57.000000Z', alive: true },
    },
    impact: { summary: 'none', runningVmis: 41, stalled: [], components: [], certificates: null },
    cluster: { ...CLUSTER, version: 'v1.36.3' },
    ...changes,
  };
}

/** A critical, certain cause; a test states what is different. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    code: 'deployment-scaled-to-zero',
    severity: 'critical',
    confidence: 'certain',
    title: 'Deployment virt-operator is scaled to 0 replicas',
    since: '2026-03-01T02:46:00Z',
    object: { kind: 'Deployment', namespace: 'kubevirt', name: 'virt-operator' },
    evidence: [{ text: 'spec.replicas is 0', source: 'deployment/virt-operator spec.replicas' }],
    consequences: [],
    mitigation: {
      action: 'scale-up',
      automatic: true,
      command: 'kubectl -n kubevirt scale deployment/virt-operator --replicas=2 --current-replicas=0',
    },
    ...changes,
  };
}

/** The evidence of these objects, with a log of two requests that took 5 ms each; paths in `refused` were forbidden. */
export async function evidence(objects: TestObject[], refused: string[] = []): Promise<Evidence> {
  const archive = archiveOf(objects, {
    refused: refused.map((path) => ({ path, status: 403, message: 'pods is forbidden: User "alice" cannot list it' })),
  });
  const read = await gather(askArchive(archive), { cluster: CLUSTER });
  const log = read.log.filter(({ key }) => key === 'deployment' || key === 'pods');
  return { ...read, log: log.map((entry) => ({ ...entry, milliseconds: 5 })) };
}
