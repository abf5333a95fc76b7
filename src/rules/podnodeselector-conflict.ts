import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 plugin/pkg/admission/podnodeselector/admission.go and podtolerationrestriction/admission.go, with the annotation each goes by. */
const PLUGINS = [
  {
    refused: /node label selector (?:labels )?conflicts? with its namespace/,
    annotation: 'scheduler.alpha.kubernetes.io/node-selector',
    what: 'node selector',
  },
  {
    refused: /pod tolerations \(possibly merged with namespace default tolerations\) conflict with its \w+ whitelist/,
    annotation: 'scheduler.alpha.kubernetes.io/tolerationsWhitelist',
    what: 'list of allowed tolerations',
  },
];

export default defineRule({
  code: 'podnodeselector-conflict',
  rung: 'replicaset',
  order: 100,
  severity: 'critical',
  meaning:
    "The API server holds pods of this namespace to a node selector or to certain tolerations, and the operator's own contradict that.",
  impact: 'Lost operator pods are not replaced.',
  evidence:
    'The newest failure to create operator pods has the words of the PodNodeSelector or PodTolerationRestriction plugin. Certain: the namespace still has the annotation that the plugin goes by. Likely: it has none, so that the default of the cluster holds.',
  remedy:
    "Take the annotation off the operator's namespace. Without one, the rule is the cluster's default, in the API server's admission configuration.",
  commands: [
    'kubectl get namespace NAMESPACE -o yaml',
    'kubectl annotate namespace NAMESPACE scheduler.alpha.kubernetes.io/node-selector-',
    'kubectl annotate namespace NAMESPACE scheduler.alpha.kubernetes.io/tolerationsWhitelist-',
  ],
  related: ['podsecurity-denied', 'node-selector-mismatch', 'taint-untolerated-custom'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['namespace', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const plugin = PLUGINS.find(({ refused }) => blocked && words(blocked, refused).length > 0);
    if (!blocked || !plugin) return [];
    const said = words(blocked, plugin.refused);
    const value = seen.namespace?.metadata?.annotations?.[plugin.annotation];
    const { namespace, gaps } = blocked;
    return [
      {
        title: `the operator pods contradict the ${plugin.what} of namespace ${namespace}`,
        object: { kind: 'Namespace', namespace: null, name: namespace },
        since: saidSince(blocked, said),
        confidence: value ? 'certain' : 'likely',
        evidence: [
          ...(value
            ? [{ text: `${plugin.annotation}: ${value}`, source: `namespace/${namespace} metadata.annotations` }]
            : []),
          ...said,
        ],
        explains: gaps,
        told: true,
        mitigation: {
          action: 'annotate-namespace',
          automatic: false,
          command: value
            ? shell`kubectl annotate namespace ${namespace} ${plugin.annotation}-`
            : shell`kubectl get namespace ${namespace} -o yaml`,
        },
      },
    ];
  },
});
