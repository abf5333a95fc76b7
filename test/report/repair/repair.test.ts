import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import type { Outcome, Repair, RepairStep } from '../../../src/model/repair.ts';
import { resultLines } from '../../../src/report/repair/result.ts';
import { plain } from '../../../src/terminal/color.ts';
import { format } from '../../../src/terminal/print.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { matchesGolden } from '../../helpers/golden.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('repair report');
const CLUSTER = { context: 'prod-a', server: 'https://10.0.0.1:6443', user: 'alice' };
const OBJECT = { kind: 'Deployment', namespace: 'kubevirt', name: 'virt-operator' };
const CAUSE = { code: 'deployment-scaled-to-zero', title: 'Deployment virt-operator is scaled to 0', object: OBJECT };
const RIGHT = {
  verb: 'patch',
  group: 'apps',
  resource: 'deployments/scale',
  namespace: 'kubevirt',
  name: 'virt-operator',
};

const STEP: RepairStep = {
  title: 'Scale Deployment virt-operator from 0 to 2 replicas',
  object: OBJECT,
  risk: 'low',
  cautions: ['Somebody scaled it down: make sure that no maintenance goes on.'],
  precondition: 'nobody changed it',
  rights: [{ ...RIGHT, allowed: 'yes' }],
  owner: null,
  notUndoable: null,
  trial: 'accepted',
  diff: [' spec:', '-  replicas: 0', '+  replicas: 2'],
  command: 'kubectl -n kubevirt scale deployment/virt-operator --replicas=2 --current-replicas=0',
  result: 'notDone',
};

function repair(outcome: Outcome, changes: Partial<Repair> = {}): Repair {
  return {
    cause: CAUSE,
    action: 'scale-up',
    steps: [STEP],
    manual: [],
    outcome,
    reason: null,
    undo: null,
    seconds: null,
    leader: null,
    waitingFor: null,
    next: null,
    ...changes,
  };
}

const DONE: RepairStep = { ...STEP, result: 'done' };
const undo = '20260301-030000';
const OWNER = 'Argo CD (argocd.argoproj.io/instance: kubevirt) may undo it: a lasting change belongs in the repository';
const REPAIRS: Record<string, Repair> = {
  planned: repair('planned', {
    steps: [
      { ...STEP, risk: 'high', owner: OWNER, notUndoable: 'it is gone', trial: 'notSupported' },
      { ...STEP, rights: [{ ...RIGHT, allowed: 'no' }], trial: 'notTried', cautions: [], diff: [] },
    ],
  }),
  dryRun: repair('dryRun', {
    reason: 'fix this first: it would stop the pods that come with restart-pod, which mends "none leads"',
    next: { code: 'cordoned', title: 'all 3 nodes are cordoned', object: OBJECT },
  }),
  manual: repair('manual', {
    reason: 'roll-back cannot be done here: there is no earlier revision',
    manual: [
      'kubectl -n kubevirt describe pod virt-operator-1-a',
      'Apply the manifest again.',
      'kubectl virtop status',
    ],
  }),
  notNeeded: repair('notNeeded', { reason: 'virt-operator works' }),
  notConfirmed: repair('notConfirmed', { reason: 'not confirmed' }),
  refused: repair('refused', { reason: 'you have no right to patch deployments/scale.apps in namespace kubevirt' }),
  verified: repair('verified', { steps: [DONE], seconds: 21.4, leader: 'virt-operator-1-a', undo }),
  undone: repair('undone', { steps: [DONE] }),
  notVerified: repair('notVerified', {
    steps: [DONE],
    seconds: 300,
    waitingFor: 'pod virt-operator-1-a to be scheduled',
    next: { code: 'cordoned', title: 'all 3 nodes are cordoned', object: OBJECT },
    undo,
  }),
  unknown: repair('notVerified', { steps: [{ ...STEP, result: 'unknown' }], reason: 'the connection broke off', undo }),
};

for (const [name, one] of Object.entries(REPAIRS)) {
  test(`${name} for people`, () => {
    const text = format(resultLines(one, CLUSTER), { columns: 80, paint: plain, ascii: false });
    matchesGolden(fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url)), text);
  });

  test(`${name} keeps to the published schema`, () => {
    const report = { apiVersion: 'virtop/v1', kind: 'RepairReport', readAt: READ_AT, cluster: CLUSTER, repairs: [one] };
    assert.ok(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors));
  });
}

const schema = JSON.parse(readFileSync(new URL('../../../docs/repair.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

test.run();
