import { become, type Twist } from './draft.ts';
import type { World } from './world.ts';

type Fields = Record<string, unknown>;
const cluster = (name: string, fields: (world: World) => Fields): Twist => [
  name,
  (draft, world) => {
    Object.assign(draft.cluster, fields(world));
  },
];
const noAuthority = { 'certificate-authority-data': undefined };

/** What a kubeconfig may say of a cluster, and what stands between it and the client. */
export const CLUSTER_TWISTS: readonly Twist[] = [
  cluster('certificate-authority file', () => ({ ...noAuthority, 'certificate-authority': 'pki/one.crt' })),
  cluster('certificate-authority by absolute path', ({ folder }) => ({
    ...noAuthority,
    'certificate-authority': `${folder}/pki/one.crt`,
  })),
  cluster('certificate-authority missing', () => ({ ...noAuthority, 'certificate-authority': 'pki/none.crt' })),
  cluster('certificate-authority twice', () => ({ 'certificate-authority': 'pki/one.crt' })),
  cluster('no certificate-authority', () => noAuthority),
  cluster('certificate-authority-data of no base64', () => ({ 'certificate-authority-data': 'not base64' })),
  cluster('insecure-skip-tls-verify', () => ({ ...noAuthority, 'insecure-skip-tls-verify': true })),
  cluster('insecure-skip-tls-verify and an authority', () => ({ 'insecure-skip-tls-verify': true })),
  cluster('tls-server-name', () => ({ 'tls-server-name': 'one.example' })),
  cluster('tls-server-name of another', () => ({ 'tls-server-name': 'two.example' })),
  cluster('server by name', ({ ports }) => ({ server: `https://localhost:${ports.one}` })),
  cluster('server with a path', ({ ports }) => ({ server: `https://127.0.0.1:${ports.one}/a/b/` })),
  cluster('server with a slash', ({ ports }) => ({ server: `https://127.0.0.1:${ports.one}/` })),
  cluster('server without TLS', ({ ports }) => ({ server: `http://127.0.0.1:${ports.plain}` })),
  cluster('server without TLS, with a path', ({ ports }) => ({ server: `http://127.0.0.1:${ports.plain}/a` })),
  cluster('server without a scheme', ({ ports }) => ({ server: `127.0.0.1:${ports.plain}` })),
  cluster('server that speaks no TLS', ({ ports }) => ({ server: `https://127.0.0.1:${ports.plain}` })),
  cluster('server that refuses', ({ ports }) => ({ server: `https://127.0.0.1:${ports.nobody}` })),
  cluster('server with a login', ({ ports }) => ({ server: `https://ann:pw@127.0.0.1:${ports.one}` })),
  cluster('no server', () => ({ server: undefined })),
  cluster('disable-compression', () => ({ 'disable-compression': true })),
  cluster('proxy-url http', ({ ports }) => ({ 'proxy-url': `http://127.0.0.1:${ports.proxy}` })),
  cluster('proxy-url with a login', ({ ports }) => ({ 'proxy-url': `http://me:p%40ss@127.0.0.1:${ports.proxy}` })),
  cluster('proxy-url https', ({ ports }) => ({ 'proxy-url': `https://127.0.0.1:${ports.securedProxy}` })),
  cluster('proxy-url socks5', ({ ports }) => ({ 'proxy-url': `socks5://127.0.0.1:${ports.socks}` })),
  cluster('proxy-url socks5 by name', ({ ports }) => ({
    server: `https://alias.example:${ports.one}`,
    'proxy-url': `socks5://127.0.0.1:${ports.socks}`,
  })),
  cluster('proxy-url to a name', ({ ports }) => ({
    server: `https://alias.example:${ports.one}`,
    'proxy-url': `http://127.0.0.1:${ports.proxy}`,
  })),
  cluster('proxy-url to a server without TLS', ({ ports }) => ({
    server: `http://127.0.0.1:${ports.plain}`,
    'proxy-url': `http://127.0.0.1:${ports.proxy}`,
  })),
  cluster('proxy-url that refuses', () => ({ 'proxy-url': 'http://127.0.0.1:1' })),
  cluster('proxy-url of another scheme', () => ({ 'proxy-url': 'ftp://127.0.0.1:1' })),
  cluster('proxy-url socks5h', ({ ports }) => ({ 'proxy-url': `socks5h://127.0.0.1:${ports.socks}` })),
  [
    'no cluster',
    ({ config }) => {
      delete config.clusters.c;
    },
  ],
  [
    'no cluster, but --server',
    ({ config, flags }, { ports }) => {
      delete config.clusters.c;
      flags.push(`--server=https://127.0.0.1:${ports.one}`, '--certificate-authority=pki/one.crt');
    },
  ],
  ['an empty cluster', (draft) => become(draft.cluster, {})],
  [
    'a namespace in the context',
    ({ context }) => {
      context.namespace = 'of-context';
    },
  ],
  [
    'no cluster in the context',
    ({ context }) => {
      delete context.cluster;
    },
  ],
  [
    'no user in the context',
    ({ context }) => {
      delete context.user;
    },
  ],
];

const remote = (name: string, env: (world: World) => Record<string, string>, host = '10.0.0.1'): Twist => [
  name,
  (draft, world) => {
    draft.cluster.server = `https://${host}:${world.ports.one}`;
    Object.assign(draft.env, env(world));
  },
];
const proxy = ({ ports }: World) => `http://127.0.0.1:${ports.proxy}`;

/** What the environment says of proxies. */
export const PROXY_TWISTS: readonly Twist[] = [
  remote('HTTPS_PROXY', (world) => ({ HTTPS_PROXY: proxy(world) })),
  remote('https_proxy', (world) => ({ https_proxy: proxy(world) })),
  remote('HTTPS_PROXY without a scheme', ({ ports }) => ({ HTTPS_PROXY: `127.0.0.1:${ports.proxy}` })),
  remote('HTTPS_PROXY socks5', ({ ports }) => ({ HTTPS_PROXY: `socks5://127.0.0.1:${ports.socks}` })),
  remote('HTTPS_PROXY to a name', (world) => ({ HTTPS_PROXY: proxy(world) }), 'alias.example'),
  remote('HTTPS_PROXY and loopback', (world) => ({ HTTPS_PROXY: proxy(world) }), '127.0.0.1'),
  remote('HTTP_PROXY and TLS', (world) => ({ HTTP_PROXY: proxy(world) })),
  remote('ALL_PROXY', (world) => ({ ALL_PROXY: proxy(world) })),
  remote('NO_PROXY address', (world) => ({ HTTPS_PROXY: proxy(world), NO_PROXY: 'a.example, 10.0.0.1' })),
  remote('no_proxy network', (world) => ({ HTTPS_PROXY: proxy(world), no_proxy: '10.0.0.0/16' })),
  remote('NO_PROXY other network', (world) => ({ HTTPS_PROXY: proxy(world), NO_PROXY: '10.1.0.0/16' })),
  remote('NO_PROXY everything', (world) => ({ HTTPS_PROXY: proxy(world), NO_PROXY: '*' })),
  remote('NO_PROXY with its port', (world) => ({ HTTPS_PROXY: proxy(world), NO_PROXY: `10.0.0.1:${world.ports.one}` })),
  remote('NO_PROXY with another port', (world) => ({ HTTPS_PROXY: proxy(world), NO_PROXY: '10.0.0.1:1' })),
  remote(
    'NO_PROXY other name',
    (world) => ({ HTTPS_PROXY: proxy(world), NO_PROXY: '.alias.example,*.alias.example' }),
    'alias.example',
  ),
  remote('NO_PROXY whole domain', (world) => ({ HTTPS_PROXY: proxy(world), NO_PROXY: 'example' }), 'alias.example'),
  [
    'HTTP_PROXY',
    (draft, world) => {
      draft.cluster.server = `http://10.0.0.1:${world.ports.plain}`;
      draft.env.HTTP_PROXY = proxy(world);
    },
  ],
  [
    'proxy-url before HTTPS_PROXY and NO_PROXY',
    (draft, { ports }) => {
      draft.cluster.server = `https://10.0.0.1:${ports.one}`;
      draft.cluster['proxy-url'] = `socks5://127.0.0.1:${ports.socks}`;
      Object.assign(draft.env, { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' });
    },
  ],
];
