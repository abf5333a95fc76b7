import type { Cluster } from '../cluster/cluster.ts';
import { create, kubectl, waitUntil } from '../cluster/kubectl.ts';
import type { Check } from './check.ts';
import { ends, screenEnds, terminal, virtop } from './program.ts';
import { answers, mayScale, TARGET, unchanged } from './scaled.ts';

const NOT_CONFIRMED = /NOTHING +was changed: not confirmed/;
const DECLINES: Record<string, string> = { 'a no': 'n\n', 'an empty line': '\n', 'the end of input': '\u0004' };
/** What deploying tools leave on what they apply. */
const MARKS: Record<string, string> = {
  'Argo CD': 'argocd.argoproj.io/tracking-id=kubevirt:apps/Deployment:kubevirt/virt-operator',
  Helm: 'meta.helm.sh/release-name=kubevirt',
};
const OWNED_BY_OLM = ['olm.owner=kubevirt.v1.7.0', 'olm.owner.kind=ClusterServiceVersion'];

/** After each of these not one object has changed. */
const ATTEMPTS: Record<string, (cluster: Cluster) => Promise<void>> = {
  'nobody to ask': async (cluster) => ends(await mitigate(cluster), 8, /pass --yes/),
  'a dry run': async (cluster) => ends(await mitigate(cluster, '--dry-run=server'), 0, /\+ {2}replicas: 2/),
  ...Object.fromEntries(
    Object.entries(DECLINES).map(([name, keys]) => [name, (one) => answers(one, [], keys, 8, NOT_CONFIRMED)]),
  ),
  'Ctrl-C': (cluster) => answers(cluster, [], '\u0003', 130, /Nothing was changed\./),
  'no right to change it': async (cluster) => {
    const role = ['create', 'clusterrolebinding', 'viewer', '--clusterrole=view', '--user=bob'];
    await kubectl(cluster, role);
    ends(await mitigate(cluster, '--yes', '--as=bob'), 8, /no right to patch deployments\/scale\.apps/);
  },
  'a policy that refuses it': async (cluster) => {
    await create(cluster, ...FROZEN);
    await waitUntil('the policy is in force', 30, async () => !(await mayScale(cluster)));
    ends(await mitigate(cluster, '--yes'), 8, /no changes at night/);
    await kubectl(cluster, ['delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', 'freeze']);
    await waitUntil('the policy is gone', 30, () => mayScale(cluster));
  },
  'a y where the name of the context is wanted': (cluster) =>
    answers(cluster, ['--confirm-context=test'], 'y\n', 8, NOT_CONFIRMED),
  'a context other than the confirmed one': async (cluster) =>
    ends(
      await mitigate(cluster, '--yes', '--confirm-context=prod'),
      8,
      /context is test, and --confirm-context allows only\s+prod/,
    ),
};

const owners = Object.entries(MARKS).map(
  ([tool, mark]): Check => ({
    name: `${tool} deploys it`,
    seconds: 5,
    run: (cluster) => marked(cluster, 'annotate', [mark], () => unchanged(asksTwice(tool))(cluster)),
  }),
);

/** OLM leaves the number of pods alone, so that it is no reason to ask twice. */
const olm: Check = {
  name: 'OLM deploys it',
  seconds: 3,
  run: (cluster) =>
    marked(cluster, 'label', OWNED_BY_OLM, () =>
      unchanged((one) => answers(one, [], 'n\n', 8, /Make this change\?[^?]*not confirmed/))(cluster),
    ),
};

/** All that must end with nothing changed, on a cluster whose Deployment is scaled to 0. */
export const refusals: readonly Check[] = [
  ...Object.entries(ATTEMPTS).map(([name, attempt]) => ({ name, seconds: 3, run: unchanged(attempt) })),
  ...owners,
  olm,
];

function asksTwice(tool: string) {
  return async (cluster: Cluster) => {
    ends(await mitigate(cluster, '--yes'), 8, /may undo it[\s\S]*pass\s+--override-owner/);
    await answers(cluster, [], 'n\n', 8, NOT_CONFIRMED);
    const screen = terminal(cluster, ['mitigate']);
    await screen.shows(new RegExp(`OWNER +${tool} [\\s\\S]*Go on all the same\\? \\(y/N\\): *$`));
    screen.type('y\n');
    await screen.shows(/Make this change\? \(y\/N\): *$/);
    screen.type('n\n');
    await screenEnds(screen, 8, NOT_CONFIRMED);
  };
}

async function marked(cluster: Cluster, verb: string, marks: readonly string[], attempt: () => Promise<undefined>) {
  await kubectl(cluster, [verb, ...TARGET, ...marks]);
  try {
    return await attempt();
  } finally {
    await kubectl(cluster, [verb, ...TARGET, ...marks.map((mark) => `${mark.split('=')[0]}-`)]);
  }
}

function mitigate(cluster: Cluster, ...args: string[]) {
  return virtop(cluster, ['mitigate', ...args]);
}

const API = 'admissionregistration.k8s.io/v1';
const SCALING = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments/scale'] };
/** A policy that lets nobody scale. */
const FROZEN = [
  {
    apiVersion: API,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'freeze' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: [SCALING] },
      validations: [{ expression: 'false', message: 'no changes at night' }],
    },
  },
  {
    apiVersion: API,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'freeze' },
    spec: { policyName: 'freeze', validationActions: ['Deny'] },
  },
];
