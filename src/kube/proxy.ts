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
  const host = hostOf(server).toLowerCase();
  return except
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
    .some((part) => {
      const [, name = part, port] = /^([^:]+):(\d+)$/.exec(part) ?? [];
      return (port === undefined || Number(port) === portOf(server)) && coversHost(name, host);
    });
}

function coversHost(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  if (pattern.includes('/')) return isInNetwork(pattern, host);
  const name = pattern.replace(/^\*?\./, '');
  return (host === name && !pattern.startsWith('.')) || host.endsWith(`.${name}`);
}

function isInNetwork(network: string, host: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(host) === 0 || isIP(address) === 0) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
