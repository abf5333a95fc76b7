import { base64, become, type Twist } from './draft.ts';
import type { World } from './world.ts';

const flag = (name: string, ...words: string[]): Twist => [
  name,
  (draft) => {
    draft.flags.push(...words);
  },
];
const withWorld = (name: string, words: (world: World) => string[]): Twist => [
  name,
  (draft, world) => {
    draft.flags.push(...words(world));
  },
];

/** Each of kubectl's connection flags, alone and where two meet. */
export const FLAG_TWISTS: readonly Twist[] = [
  [
    '--kubeconfig',
    (draft) => {
      draft.by = 'flag';
    },
  ],
  flag('--context', '--context=other'),
  flag('--context unknown', '--context', 'mian'),
  flag('--cluster', '--cluster=d'),
  flag('--cluster unknown', '--cluster', 'e'),
  flag('--user', '--user=v'),
  flag('--user unknown', '--user', 'w'),
  flag('--namespace', '--namespace=ns-of-flag'),
  flag('-n', '-n', 'ns-of-n'),
  flag('-n glued', '-nns-glued'),
  withWorld('--server', ({ ports }) => ['--server', `https://localhost:${ports.one}`]),
  withWorld('-s', ({ ports }) => ['-s', `https://127.0.0.1:${ports.one}/k8s/clusters/c-1`]),
  withWorld('--server without TLS', ({ ports }) => [`--server=http://127.0.0.1:${ports.plain}`]),
  withWorld('--server without a scheme', ({ ports }) => [`--server=127.0.0.1:${ports.plain}`]),
  withWorld('--server by name without a scheme', ({ ports }) => [`--server=localhost:${ports.plain}/`]),
  flag('--server of another scheme', '--server=ftp://127.0.0.1'),
  flag('--server that refuses', '--server=https://127.0.0.1:1'),
  flag('--token', '--token', 'token-of-flag'),
  flag('--token empty', '--token='),
  flag('--username', '--username=name-of-flag'),
  flag('--password', '--password=password-of-flag'),
  flag('--username and --password', '--username=ann', '--password', 'pa:ss'),
  flag('--token and --username', '--token=t', '--username=ann'),
  [
    '--username and --password for nobody',
    ({ user, flags }) => {
      become(user, {});
      flags.push('--username=ann', '--password=x');
    },
  ],
  [
    '--token for nobody',
    ({ user, flags }) => {
      become(user, {});
      flags.push('--token=token-of-flag');
    },
  ],
  [
    '--token beside a tokenFile',
    ({ user, flags }) => {
      become(user, { tokenFile: 'tokens/one' });
      flags.push('--token=token-of-flag');
    },
  ],
  flag('--as', '--as=bob'),
  flag('--as with other letters', '--as=jürgen ☃'),
  flag('--as-uid', '--as=bob', '--as-uid=7'),
  flag('--as-group', '--as=bob', '--as-group=a', '--as-group', 'b,c'),
  flag(
    '--as-user-extra',
    '--as=bob',
    '--as-user-extra=scopes=a',
    '--as-user-extra=Scopes.io/x(1)%=b=c',
    '--as-user-extra=scopes=d',
  ),
  flag('--as-user-extra that is no pair', '--as=bob', '--as-user-extra=nothing'),
  flag('--as-uid without --as', '--as-uid=7'),
  flag('--as-group without --as', '--as-group=a'),
  flag('--as-user-extra without --as', '--as-user-extra=a=b'),
  flag('--certificate-authority', '--certificate-authority=pki/one.crt'),
  flag('--certificate-authority of another', '--certificate-authority=pki/two.crt'),
  flag('--certificate-authority missing', '--certificate-authority=pki/none.crt'),
  flag('--certificate-authority broken', '--certificate-authority=pki/broken.crt'),
  flag('--insecure-skip-tls-verify', '--insecure-skip-tls-verify'),
  flag('--insecure-skip-tls-verify=false', '--insecure-skip-tls-verify=f'),
  flag('--insecure-skip-tls-verify of no truth', '--insecure-skip-tls-verify=maybe'),
  flag(
    '--insecure-skip-tls-verify and --certificate-authority',
    '--insecure-skip-tls-verify',
    '--certificate-authority=pki/one.crt',
  ),
  flag('--client-certificate and --client-key', '--client-certificate=pki/alice.crt', '--client-key=pki/alice.key'),
  flag('--client-certificate of another key', '--client-certificate=pki/alice.crt', '--client-key=pki/bob.key'),
  flag('--client-certificate without a key', '--client-certificate=pki/alice.crt'),
  flag('--client-certificate missing', '--client-certificate=pki/none.crt', '--client-key=pki/bob.key'),
  flag('--client-key alone', '--client-key=pki/alice.key'),
  [
    "--client-key for the kubeconfig's certificate",
    ({ user, flags }, { certificates }) => {
      become(user, {
        'client-certificate-data': base64(certificates.bob.certificate),
        'client-key-data': base64(certificates.alice.key),
      });
      flags.push('--client-key=pki/bob.key');
    },
  ],
  flag('--tls-server-name', '--tls-server-name=one.example'),
  flag('--tls-server-name of another', '--tls-server-name=other.example'),
  [
    "--server drops the kubeconfig's tls-server-name",
    ({ cluster, flags }, { ports }) => {
      cluster['tls-server-name'] = 'one.example';
      flags.push(`--server=https://localhost:${ports.one}`);
    },
  ],
  flag('--request-timeout', '--request-timeout=7s'),
  flag('--request-timeout in seconds', '--request-timeout', '8'),
  flag('--request-timeout of nothing', '--request-timeout=soon'),
  flag('--disable-compression', '--disable-compression'),
  withWorld('--disable-compression without TLS', ({ ports }) => [
    '--disable-compression',
    `--server=http://127.0.0.1:${ports.plain}`,
  ]),
  flag('--cache-dir', '--cache-dir=cache'),
  flag('--match-server-version', '--match-server-version'),
  withWorld('--match-server-version of another', ({ ports }) => [
    '--match-server-version',
    `--server=https://127.0.0.1:${ports.old}`,
  ]),
  flag('-v', '-v', '6'),
  flag('-v8', '-v8'),
  flag('--v', '--v=9'),
  flag('--v of no number', '--v=much'),
  [
    '--kuberc',
    ({ flags, others }) => {
      others['kuberc-any'] = 'apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n';
      flags.push('--kuberc', 'kuberc-any');
    },
  ],
  flag('--kuberc missing', '--kuberc=none'),
  flag('a flag that is unknown', '--impersonate=bob'),
  flag('a flag without its value', '--context'),
  flag('a flag twice', '--as=ann', '--as=bob', '--insecure-skip-tls-verify', '--insecure-skip-tls-verify'),
  flag('a flag with underscores', '--as=bob', '--as_uid=8'),
];
