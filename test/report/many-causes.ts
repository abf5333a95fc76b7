import { finding } from '../helpers/view.ts';

const said = (text: string) => ({ text, source: 'pod/virt-operator-1-a status.conditions[PodScheduled]' });
const scheduler = said(
  '0/8 nodes are available: 3 node(s) were unschedulable, 5 node(s) had untolerated taint. preemption: 0/8 nodes are available: 8 Preemption is not helpful for scheduling.',
);
const repair = (action: string, command: string) => ({ action, automatic: true, command });

/** More causes than a screen has room for. */
export const manyCauses = [
  finding({
    code: 'cordoned',
    title: '3 of the 8 nodes that may run virt-operator are cordoned: cp-0, cp-1, cp-2',
    evidence: [said('takes no new pods'), scheduler, said('cordoned by kubectl')],
    mitigation: repair('uncordon', 'kubectl uncordon cp-0 cp-1 cp-2'),
  }),
  finding({
    code: 'node-pressure',
    title: '1 of the 8 nodes that may run virt-operator runs out of memory: cp-3',
    evidence: [scheduler, said('MemoryPressure is True')],
    mitigation: { action: 'look-at-node', automatic: false, command: 'kubectl describe node cp-3' },
  }),
  finding({
    code: 'taint-untolerated-custom',
    title:
      '1 of the 8 nodes that may run virt-operator has a taint that it does not tolerate: dedicated=infra:NoSchedule',
    evidence: [said('tainted dedicated=infra:NoSchedule'), scheduler],
    mitigation: repair('remove-taint', 'kubectl taint node cp-4 dedicated=infra:NoSchedule-'),
  }),
  finding({
    code: 'taint-not-ready',
    title: '1 of the 8 nodes that may run virt-operator is not ready: cp-5',
    confidence: 'likely',
    evidence: [scheduler],
    mitigation: null,
  }),
  finding({ code: 'too-many-pods', title: '1 of the 8 nodes is full: cp-6', evidence: [said('110 of 110 pods')] }),
  finding({ code: 'insufficient-memory', title: '1 of the 8 nodes lacks memory: cp-7', evidence: [scheduler] }),
];
