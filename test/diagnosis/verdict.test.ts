import * as assert from 'uvu/assert';
import { type Judged, verdictOf } from '../../src/diagnosis/verdict.ts';
import type { ReadKey } from '../../src/model/evidence.ts';
import type { Verdict } from '../../src/model/report.ts';
import { leaseState } from '../../src/objects/operator/lease.ts';
import { operatorOf } from '../../src/objects/operator/operator.ts';
import { READ_AT } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, installed, without } from '../rules/outage.ts';

const test = suite('verdict');
const FORBIDDEN = { status: 'forbidden', message: 'no' } as const;
const alive = leaseState({ spec: { holderIdentity: 'a', renewTime: READ_AT } }, READ_AT);
const dead = leaseState(null, READ_AT);

interface Case {
  ready: number;
  desired?: number | null;
  lease: Judged['lease'];
  causes?: string[];
  refused?: ReadKey[];
  gaveUp?: boolean;
  unexplained?: boolean;
  verdict: Verdict;
}

const cases: Record<string, Case> = {
  'all replicas, one leads': { ready: 2, lease: alive, verdict: 'healthy' },
  'no pod Running and Ready': { ready: 0, lease: alive, verdict: 'down' },
  'Ready pods that lead nothing': { ready: 2, lease: dead, verdict: 'down' },
  'fewer replicas than asked': { ready: 1, lease: alive, verdict: 'degraded' },
  'a roll-out that was given up': { ready: 2, lease: alive, gaveUp: true, verdict: 'degraded' },
  'something lacks, and why could not be read': { ready: 2, lease: alive, unexplained: true, verdict: 'incomplete' },
  'a cause while it leads': { ready: 2, lease: alive, causes: ['image-not-found'], verdict: 'degraded' },
  'no KubeVirt': { ready: 0, desired: null, lease: dead, causes: ['kubevirt-not-installed'], verdict: 'notInstalled' },
  'nothing wrong, the lease unread': { ready: 2, lease: null, refused: ['operatorLease'], verdict: 'incomplete' },
  'nothing wrong, the namespace unread': { ready: 2, lease: alive, refused: ['namespace'], verdict: 'incomplete' },
  'nothing wrong, the Deployment unread': {
    ready: 2,
    desired: null,
    lease: alive,
    refused: ['deployment'],
    verdict: 'incomplete',
  },
  'nothing wrong, the ReplicaSets unread': { ready: 2, lease: alive, refused: ['replicaSets'], verdict: 'incomplete' },
  'pods unread': { ready: 0, lease: alive, refused: ['pods'], verdict: 'incomplete' },
  'pods unread, but a certain cause': {
    ready: 0,
    lease: dead,
    causes: ['namespace-terminating'],
    refused: ['pods'],
    verdict: 'down',
  },
  'pods unread, a certain cause, but somebody leads': {
    ready: 0,
    lease: alive,
    causes: ['deployment-missing'],
    refused: ['pods'],
    verdict: 'degraded',
  },
  'fewer replicas beats an unread lease': { ready: 1, lease: null, refused: ['operatorLease'], verdict: 'degraded' },
  'a cause beats an unread lease': {
    ready: 2,
    lease: null,
    causes: ['cordoned'],
    refused: ['operatorLease'],
    verdict: 'degraded',
  },
  'no pod beats an unread lease': { ready: 0, lease: null, refused: ['operatorLease'], verdict: 'down' },
  'nodes unread, which no verdict needs': {
    ready: 2,
    lease: alive,
    refused: ['nodes', 'nodeOverview'],
    verdict: 'healthy',
  },
};

for (const [name, { ready, desired = 2, lease, verdict, ...more }] of Object.entries(cases)) {
  const { causes = [], refused = [], gaveUp, unexplained = false } = more;
  test(`${name}: ${verdict}`, async () => {
    const evidence = await evidenceOf(ready === 0 ? without(installed(), 'Pod') : installed());
    const reads = { ...evidence.reads, ...Object.fromEntries(refused.map((key) => [key, FORBIDDEN])) };
    const conditions = gaveUp ? [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] : [];
    const operator = {
      ...operatorOf({}),
      deployment: { status: { conditions } },
      desired,
      ready: Array.from({ length: ready }, () => ({})),
    };
    const rest = { operator, lease, causes: causes.map((code) => ({ code })), unexplained };
    assert.is(verdictOf({ evidence: { ...evidence, reads }, ...rest }), verdict);
  });
}

test.run();
