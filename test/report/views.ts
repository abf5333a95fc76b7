import type { View } from '../../src/report/view.ts';
import { healthyCluster, operatorPod } from '../helpers/cluster.ts';
import { evidence, finding, report } from '../helpers/view.ts';
import { crashLoop } from './crash-loop.ts';
import { manyCauses } from './many-causes.ts';
import { down } from './outage.ts';

const PODS = '/api/v1/namespaces/kubevirt/pods';
const without = (...kinds: string[]) => healthyCluster().filter((one) => !kinds.includes(one.kind ?? ''));
const operator = report().operator;
const noPods = { ...operator, ready: 0, running: 0, leader: null };

const crashed = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
  containerStatuses: [
    {
      name: 'virt-operator',
      restartCount: 14,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } },
      lastState: {
        terminated: { exitCode: 2, reason: 'Error', finishedAt: '2026-03-01T02:58:00Z', message: 'panic: boom' },
      },
    },
  ],
};

/** One view for every verdict, and those that are hard to show well. */
export const views: Readonly<Record<string, () => Promise<View>>> = {
  healthy: async () => ({ report: report(), evidence: await evidence(healthyCluster()) }),
  degraded: async () => ({
    report: report({
      verdict: 'degraded',
      operator: { ...operator, ready: 1, running: 1 },
      causes: [
        finding({
          code: 'cordoned',
          title: '1 of 2 control-plane nodes is cordoned: cp-1',
          object: { kind: 'Node', namespace: null, name: 'cp-1' },
          evidence: [{ text: 'spec.unschedulable is true', source: 'node/cp-1 spec.unschedulable' }],
          mitigation: { action: 'uncordon', automatic: false, command: 'kubectl uncordon cp-1' },
        }),
      ],
      impact: { summary: 'none yet; one pod leads', runningVmis: 41, stalled: [], components: [], certificates: null },
    }),
    evidence: await evidence(healthyCluster().filter((one) => one.metadata?.name !== 'virt-operator-1-b')),
  }),
  down: async () => ({
    report: report({
      verdict: 'down',
      operator: { ...noPods, desired: 0 },
      causes: [
        finding({
          evidence: [
            { text: 'spec.replicas is 0', source: 'deployment/virt-operator spec.replicas' },
            {
              text: 'kubectl scaled it at 2026-03-01T02:46:00Z',
              source: 'deployment/virt-operator metadata.managedFields',
            },
          ],
          consequences: ['no-leader'],
        }),
      ],
      findings: [
        finding({
          code: 'cordoned',
          severity: 'warning',
          title: 'Node cp-1 is cordoned',
          object: { kind: 'Node', namespace: null, name: 'cp-1' },
          since: null,
          mitigation: null,
        }),
      ],
      alerts: [
        { name: 'VirtOperatorDown', state: 'firing', since: '2026-03-01T02:46:00Z', falsePositive: false },
        { name: 'NoReadyVirtOperator', state: 'pending', since: null, falsePositive: false },
      ],
      notChecked: [
        {
          what: 'events',
          why: 'events is forbidden: User "alice" cannot list resource "events" in API group "" in the namespace "kubevirt"',
          needs: { verb: 'list', group: '', resource: 'events', namespace: 'kubevirt' },
        },
        { what: 'nodes', why: 'no answer within 10s', needs: null },
      ],
      impact: down,
    }),
    evidence: await evidence(without('Pod')),
  }),
  'down-two-causes': async () => ({
    report: report({
      verdict: 'down',
      operator: noPods,
      causes: [
        finding({ code: 'quota-exceeded', title: 'ResourceQuota compute leaves no room for a pod', since: null }),
        finding({
          code: 'priorityclass-missing',
          title: 'PriorityClass kubevirt-cluster-critical does not exist',
          confidence: 'likely',
          mitigation: null,
        }),
      ],
      impact: down,
    }),
    evidence: await evidence(without('Pod', 'PriorityClass')),
  }),
  'down-many-causes': async () => ({
    report: report({ verdict: 'down', operator: noPods, causes: manyCauses, impact: down }),
    evidence: await evidence(without('Pod')),
  }),
  'down-not-known': async () => ({
    report: report({ verdict: 'down', operator: { ...noPods, running: 2 }, impact: down }),
    evidence: await evidence([
      ...without('Pod'),
      ...['a', 'b', 'c'].map((letter) =>
        operatorPod(`virt-operator-1-${letter}`, 'cp-0', 'kubevirt', { status: crashed }),
      ),
    ]),
  }),
  'crash-loop': crashLoop,
  'no-leader': async () => ({
    report: report({
      verdict: 'down',
      operator: {
        ...operator,
        leader: { holder: 'virt-operator-0-gone', renewTime: '2026-03-01T02:00:00Z', alive: false },
      },
      impact: down,
    }),
    evidence: await evidence(healthyCluster()),
  }),
  incomplete: async () => ({
    report: report({
      verdict: 'incomplete',
      operator: { ...operator, ready: null, running: null, leader: null },
      notChecked: [
        {
          what: 'pods of virt-operator',
          why: 'pods is forbidden: User "alice" cannot list it',
          needs: { verb: 'list', group: '', resource: 'pods', namespace: 'kubevirt' },
        },
        {
          what: 'the leader lease',
          why: 'leases.coordination.k8s.io is forbidden',
          needs: { verb: 'get', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kubevirt' },
        },
      ],
      impact: { summary: 'not known', runningVmis: null, stalled: [], components: [], certificates: null },
      cluster: { context: null, server: 'https://10.0.0.1:6443', user: null, version: null },
    }),
    evidence: await evidence(healthyCluster(), [`${PODS}*`]),
  }),
  'not-installed': async () => ({
    report: report({
      verdict: 'notInstalled',
      operator: {
        namespace: null,
        name: null,
        foundBy: null,
        version: null,
        desired: null,
        ready: 0,
        running: 0,
        leader: null,
      },
      alerts: [],
      impact: {
        summary: 'no KubeVirt, no virtual machines',
        runningVmis: null,
        stalled: [],
        components: [],
        certificates: null,
      },
    }),
    evidence: await evidence([]),
  }),
  hostile: async () => ({
    report: report({
      verdict: 'down',
      operator: noPods,
      causes: [
        finding({
          title: 'Image \u001b[2Jquay.io/\u202egnp.exe\u0007 cannot be\npulled',
          evidence: [{ text: `manifest unknown\r\n\t${'x'.repeat(120)} 大小`, source: 'pod/\u200bvirt-operator' }],
          mitigation: {
            action: 'a',
            automatic: false,
            command: 'kubectl \u001b]0;title\u0007 get pods\nkubectl get nodes',
          },
        }),
      ],
      impact: down,
    }),
    evidence: await evidence(healthyCluster()),
  }),
};
