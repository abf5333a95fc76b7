import { base64, become, type Twist } from './draft.ts';
import { EXPIRED_TOKEN, V1, V1BETA1, type World } from './world.ts';

type Fields = Record<string, unknown>;
const user = (name: string, fields: (world: World) => Fields): Twist => [
  name,
  (draft, world) => become(draft.user, fields(world)),
];
const files = (name: string) => ({ 'client-certificate': `pki/${name}.crt`, 'client-key': `pki/${name}.key` });
const data = ({ certificates }: World, name: 'alice' | 'bob' | 'expired') => ({
  'client-certificate-data': base64(certificates[name].certificate),
  'client-key-data': base64(certificates[name].key),
});

/** What a kubeconfig may say of a user, without a plugin. */
export const USER_TWISTS: readonly Twist[] = [
  user('no login', () => ({})),
  user('token', () => ({ token: 'another.token_~' })),
  user('token with a line break', () => ({ token: 'two\nlines' })),
  user('token that expired', () => ({ token: EXPIRED_TOKEN })),
  user('tokenFile', () => ({ tokenFile: 'tokens/one' })),
  user('tokenFile before token', () => ({ tokenFile: 'tokens/one', token: 'beside' })),
  user('tokenFile missing', () => ({ tokenFile: 'tokens/none' })),
  user('tokenFile missing, with a token', () => ({ tokenFile: 'tokens/none', token: 'beside' })),
  user('tokenFile empty', () => ({ tokenFile: 'tokens/empty' })),
  user('username and password', () => ({ username: 'ann', password: 'pä:ss' })),
  user('username alone', () => ({ username: 'ann' })),
  user('password alone', () => ({ password: 'x' })),
  user('token and username', () => ({ token: 't', username: 'ann' })),
  user('client-certificate files', () => files('alice')),
  user('client-certificate data', (world) => data(world, 'alice')),
  user('client-certificate and token', (world) => ({ ...data(world, 'bob'), token: 'beside' })),
  user('client-certificate twice', (world) => ({ ...data(world, 'bob'), ...files('alice') })),
  user('client-certificate without a key', () => ({ 'client-certificate': 'pki/alice.crt' })),
  user('client-certificate of another key', () => ({ ...files('alice'), 'client-key': 'pki/bob.key' })),
  user('client-certificate of no PEM', () => ({ ...files('alice'), 'client-certificate': 'pki/broken.crt' })),
  user('client-certificate that expired', (world) => data(world, 'expired')),
  user('client-key alone', () => ({ 'client-key': 'pki/alice.key' })),
  user('as', () => ({ token: 't', as: 'bob' })),
  user('as with everything', () => ({
    token: 't',
    as: 'bob',
    'as-uid': '7',
    'as-groups': ['a', 'b'],
    'as-user-extra': { 'x.io/Y': ['1', '2'], z: [] },
  })),
  user('as-groups without as', () => ({ token: 't', 'as-groups': ['a'] })),
  user('as-uid without as', () => ({ token: 't', 'as-uid': '7' })),
  [
    'flags add to as-user-extra and replace as-groups',
    ({ user: one, flags }) => {
      become(one, { token: 't', as: 'bob', 'as-groups': ['a'], 'as-user-extra': { x: ['1'], y: ['2'] } });
      flags.push('--as-group=b', '--as-user-extra=y=3');
    },
  ],
  user('auth-provider oidc', () => ({
    'auth-provider': {
      name: 'oidc',
      config: { 'id-token': 'old-token', 'idp-issuer-url': 'https://127.0.0.1:1', 'client-id': 'x' },
    },
  })),
  user('auth-provider that is gone', () => ({ 'auth-provider': { name: 'gcp' } })),
  user('auth-provider and token', () => ({
    token: 'beside',
    'auth-provider': { name: 'oidc', config: { 'idp-issuer-url': 'https://127.0.0.1:1', 'client-id': 'x' } },
  })),
];

const exec = (name: string, fields: Fields, more: Fields = {}): Twist => [
  `exec ${name}`,
  (draft) => {
    const usual = { apiVersion: V1, command: 'plugins/give-token', interactiveMode: 'IfAvailable' };
    become(draft.user, { exec: { ...usual, ...fields }, ...more });
  },
];

/** Credential plugins. */
export const EXEC_TWISTS: readonly Twist[] = [
  exec('v1', {}),
  exec('v1beta1', { apiVersion: V1BETA1, command: 'plugins/give-token-beta', interactiveMode: undefined }),
  exec('by name', { command: 'give-token' }),
  exec('with arguments and env', { args: ['get', 'a b'], env: [{ name: 'PLUGIN_VALUE', value: 'v' }] }),
  exec('that gives a certificate', { command: 'plugins/give-certificate' }),
  exec('that gives both', { command: 'plugins/give-both' }),
  exec('that gives a token until later', { command: 'plugins/give-until' }),
  exec('that gives half', { command: 'plugins/give-half' }),
  exec('that gives nothing', { command: 'plugins/give-nothing' }),
  exec('that fails', { command: 'plugins/fail' }),
  exec('that is missing', { command: 'no-such-plugin', installHint: 'brew install no-such-plugin' }),
  exec('of another version than it answers', { command: 'plugins/give-token-beta' }),
  exec('of an unknown version', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }),
  exec('without a version', { apiVersion: undefined }),
  exec('without a command', { command: undefined }),
  exec('v1 without interactiveMode', { interactiveMode: undefined }),
  exec('interactiveMode Never', { interactiveMode: 'Never' }),
  exec('interactiveMode Always', { interactiveMode: 'Always' }),
  exec('interactiveMode unknown', { interactiveMode: 'Sometimes' }),
  exec('with an env that has no name', { env: [{ value: 'v' }] }),
  exec('beside a token', {}, { token: 'beside' }),
  exec('beside a password', {}, { username: 'ann', password: 'x' }),
  exec('beside a certificate', {}, files('alice')),
  exec('beside an auth-provider', {}, { 'auth-provider': { name: 'oidc' } }),
  [
    'exec and --token',
    ({ user: one, flags }) => {
      become(one, { exec: { apiVersion: V1, command: 'plugins/give-token', interactiveMode: 'Never' } });
      flags.push('--token=token-of-flag');
    },
  ],
  [
    'exec with provideClusterInfo',
    ({ user: one, cluster }) => {
      become(one, {
        exec: { apiVersion: V1, command: 'plugins/give-token', interactiveMode: 'Never', provideClusterInfo: true },
      });
      cluster.extensions = [
        { name: 'client.authentication.k8s.io/exec', extension: { audience: 'me' } },
        { name: 'other', extension: 1 },
      ];
    },
  ],
  [
    'exec with provideClusterInfo of flags',
    ({ user: one, cluster, flags }, { ports }) => {
      become(one, { exec: { apiVersion: V1BETA1, command: 'plugins/give-token-beta', provideClusterInfo: true } });
      become(cluster, {
        server: 'https://nowhere',
        'proxy-url': `http://127.0.0.1:${ports.proxy}`,
        'disable-compression': true,
      });
      flags.push(
        `--server=https://127.0.0.1:${ports.one}/x`,
        '--certificate-authority=pki/one.crt',
        '--tls-server-name=one.example',
      );
    },
  ],
];
