import { join } from 'node:path';
import { become, type Draft, MAIN, type Twist } from './draft.ts';
import { V1, type World } from './world.ts';

/** What the environment says besides kubeconfigs and proxies. */
export const PLACE_TWISTS: readonly Twist[] = [
  [
    'KUBERNETES_MASTER',
    (draft, { ports }) => {
      draft.list = ['none'];
      draft.env.KUBERNETES_MASTER = `http://127.0.0.1:${ports.plain}`;
    },
  ],
  [
    'KUBERNETES_MASTER beside a kubeconfig',
    (draft, { ports }) => {
      draft.env.KUBERNETES_MASTER = `http://127.0.0.1:${ports.plain}`;
    },
  ],
  ['in a pod', inPod],
  [
    'in a pod with --token',
    (draft, world) => {
      inPod(draft, world);
      draft.flags.push('--token=token-of-flag');
    },
  ],
  [
    'in a pod with a kubeconfig',
    (draft, { ports }) => {
      Object.assign(draft.env, { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: `${ports.two}` });
    },
  ],
  [
    'in a pod with a kubeconfig without a context',
    (draft, world) => {
      inPod(draft, world);
      draft.list = [MAIN];
      draft.config.currentContext = null;
    },
  ],
  [
    'in a pod with --as',
    (draft, world) => {
      inPod(draft, world);
      draft.flags.push('--as=bob');
    },
  ],
  kuberc('kuberc that allows any', 'AllowAll'),
  kuberc('kuberc that allows none', 'DenyAll'),
  kuberc('kuberc that allows this', 'Allowlist', 'give-token'),
  kuberc('kuberc that allows another', 'Allowlist', 'give-both'),
  kuberc('kuberc of an unknown policy', 'Some'),
  kuberc('kuberc with an empty list', 'Allowlist'),
  [
    'KUBERC=off',
    (draft, world) => {
      kuberc('', 'DenyAll')[1](draft, world);
      draft.env.KUBERC = 'off';
    },
  ],
];

function inPod(draft: Draft, { ports }: World): void {
  draft.list = ['none'];
  Object.assign(draft.env, { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: `${ports.one}` });
}

function kuberc(name: string, policy: string, allowed?: string): Twist {
  const list = allowed === undefined ? '' : `credentialPluginAllowlist: [{command: ${allowed}}]\n`;
  const content = `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: ${policy}\n${list}`;
  return [
    name,
    (draft, { folder }) => {
      become(draft.user, { exec: { apiVersion: V1, command: 'give-token', interactiveMode: 'Never' } });
      draft.others = { ...draft.others, 'kuberc-own': content };
      draft.env.KUBERC = join(folder, 'kuberc-own');
    },
  ];
}

/** What a pod finds of its service account. */
export function podFiles({ certificates }: World): Record<string, string> {
  return { token: 'token-of-pod', 'ca.crt': certificates.one.certificate };
}
