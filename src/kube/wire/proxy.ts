import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy to go through to a server: the kubeconfig's proxy-url, else the environment's (golang.org/x/net http/httpproxy: HTTPS_PROXY or
 * HTTP_PROXY unless NO_PROXY or loopback). Null is a direct connection.
 */
export function proxyFor(server: URL, proxyUrl: string | null, env: Environment): URL | null {
  if (proxyUrl !== null) return URL.parse(proxyUrl);
  const name = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = env[name] || env[name.toLowerCase()];
  const except = env.NO_PROXY || env.no_proxy || '';
  if (!proxy || isLoopback(hostOf(server)) || isExcepted(server, except)) return null;
  return URL.parse(proxy.includes('://') ? proxy : `http://${proxy}`);
}

/** A host name or address without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** The port that a URL means. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function isExcepted(server: URL, except: string): boolean {
  const parts = except.split(',').map((part) => part.trim().toLowerCase());
  return parts.some((part) => part !== '' && covers(part, server));
}

/** `*`, a network, or a host with or without a port: `.a.b` and `*.a.b` are what is below a.b, `a.b` is that and a.b itself. */
function covers(part: string, server: URL): boolean {
  if (part === '*') return true;
  const host = hostOf(server).toLowerCase();
  if (part.includes('/')) return isInNetwork(part, host);
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(part) ?? [];
  if (port !== undefined && Number(port) !== portOf(server)) return false;
  const name = bracketed ?? plain ?? part;
  const below = /^\*?\./.test(name) ? name.replace(/^\*/, '') : `.${name}`;
  return host === name || host.endsWith(below);
}

function isInNetwork(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(host) === 0 || isIP(address) === 0) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
