import type { Cause } from '../../model/cause.ts';

/** What is wrong with an API server that does answer. */
export const SERVER_CAUSES: readonly Cause[] = [
  {
    code: 'api-throttled',
    rung: 'access',
    severity: 'warning',
    meaning: 'The API server has too much to do and puts requests off (429).',
    impact: 'What was put off is not checked. Controllers and virt-operator may be held up by the same.',
    evidence:
      'Certain: requests were answered with 429, also on a second try after the time that the server asked for. Told beside the cause where other requests were answered; an error where none was.',
    remedy:
      'Try again in a minute. If it lasts, find who asks so much: one client with its own priority level, mostly.',
    commands: [
      'kubectl get --raw=/debug/api_priority_and_fairness/dump_priority_levels',
      'kubectl get flowschemas',
      'kubectl virtop status',
    ],
    related: ['api-degraded'],
  },
  {
    code: 'api-degraded',
    rung: 'access',
    severity: 'critical',
    meaning:
      'The API server answers with errors of its own (5xx), too late or not to the end; often etcd behind it is in trouble.',
    impact:
      'What failed is not checked. Whatever is in the way here is in the way of every controller and of virt-operator as well.',
    evidence:
      'Certain: requests failed with a 5xx, broke off or ran out of time. Told beside the cause where other requests were answered, as they are when one of several API servers is ill; an error where none was.',
    remedy: 'Look which check of readyz fails, then at kube-apiserver and etcd on the control-plane nodes.',
    commands: [
      "kubectl get --raw='/readyz?verbose'",
      'kubectl -n kube-system get pods -l component=kube-apiserver -o wide',
      'kubectl -n kube-system get pods -l component=etcd -o wide',
    ],
    related: ['api-unreachable', 'api-throttled', 'too-large', 'etcd-or-api-slow', 'etcd-full-or-slow-create'],
  },
  {
    code: 'too-large',
    rung: 'access',
    severity: 'critical',
    meaning:
      'Answers are larger than this program takes (16 MiB): it asks for little, so most likely a proxy sends something else.',
    impact: 'Nothing can be said about virt-operator.',
    evidence: 'Certain: every answer was cut off at that size.',
    remedy: 'Give the namespace with -n, and look at what stands between here and the API server.',
    commands: ['kubectl virtop status -n NAMESPACE'],
    related: ['api-degraded'],
  },
];
