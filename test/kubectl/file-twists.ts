import { become, type Config, MAIN, type Twist } from './draft.ts';
import type { World } from './world.ts';

const second = ({ ports }: World): Config => ({
  currentContext: 'main',
  clusters: {
    c: {
      server: `https://127.0.0.1:${ports.two}`,
      'certificate-authority': 'pki/two.crt',
      'tls-server-name': 'two.example',
    },
  },
  contexts: { main: { cluster: 'c', user: 'u', namespace: 'of-second' }, third: { cluster: 'c', user: 'x' } },
  users: { u: { token: 'of-second' }, x: { tokenFile: '../tokens/one' } },
});

/** How kubeconfigs are found, read and merged, and what holds without one. */
export const FILE_TWISTS: readonly Twist[] = [
  [
    '~/.kube/config',
    (draft) => {
      draft.by = 'home';
    },
  ],
  [
    'no kubeconfig',
    (draft) => {
      draft.list = ['none'];
    },
  ],
  [
    'no kubeconfig, but flags',
    (draft, { ports }) => {
      draft.list = ['none'];
      draft.flags.push(
        `--server=https://127.0.0.1:${ports.one}`,
        '--certificate-authority=pki/one.crt',
        '--token=only-flags',
      );
    },
  ],
  [
    '--kubeconfig missing',
    ({ flags }) => {
      flags.push('--kubeconfig=none');
    },
  ],
  [
    'KUBECONFIG with missing and empty parts',
    (draft) => {
      draft.list = ['none', '', MAIN, MAIN];
    },
  ],
  [
    'KUBECONFIG of nothing but a separator',
    (draft) => {
      draft.list = ['', ''];
    },
  ],
  [
    'KUBECONFIG first file wins',
    (draft, world) => {
      draft.others = { 'second/config': second(world) };
      draft.list = [MAIN, 'second/config'];
    },
  ],
  [
    'KUBECONFIG second file first',
    (draft, world) => {
      draft.others = { 'second/config': second(world) };
      draft.list = ['second/config', MAIN];
    },
  ],
  [
    'KUBECONFIG paths by file',
    (draft, world) => {
      draft.others = { 'second/config': { ...second(world), currentContext: 'third' } };
      become(draft.config.clusters.c ?? {}, {
        server: `https://127.0.0.1:${world.ports.one}`,
        'certificate-authority': 'pki/one.crt',
      });
      draft.config.currentContext = null;
      draft.list = [MAIN, 'second/config'];
    },
  ],
  [
    'KUBECONFIG empty file first',
    (draft) => {
      draft.others = { empty: '' };
      draft.list = ['empty', MAIN];
    },
  ],
  [
    'KUBECONFIG broken file last',
    (draft) => {
      draft.others = { broken: 'a: [' };
      draft.list = [MAIN, 'broken'];
    },
  ],
  [
    'KUBECONFIG is a folder',
    (draft) => {
      draft.list = ['pki'];
    },
  ],
  [
    'KUBECONFIG below a file',
    (draft) => {
      draft.list = [`${MAIN}/x`, MAIN];
    },
  ],
  [
    '--kubeconfig before KUBECONFIG',
    (draft) => {
      draft.by = 'flag';
      draft.env.KUBECONFIG = 'none';
    },
  ],
  [
    'no current-context',
    ({ config }) => {
      config.currentContext = null;
    },
  ],
  [
    'current-context that is missing',
    ({ config }) => {
      config.currentContext = 'gone';
    },
  ],
  [
    'no user',
    ({ config }) => {
      delete config.users.u;
    },
  ],
  [
    'no user, but --token',
    ({ config, flags }) => {
      delete config.users.u;
      flags.push('--token=token-of-flag');
    },
  ],
];
