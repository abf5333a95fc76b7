import { EXIT, UserError } from '../../model/errors.ts';
import type { Clash } from './clash.ts';
import type { Flag } from './flag.ts';

export const FLEET_FLAGS: readonly Flag[] = [
  {
    name: 'contexts',
    kind: 'list',
    standard: '',
    completes: 'contexts',
    help: 'Look at these contexts of the kubeconfig, separated by commas, all at once; --request-timeout is for each',
  },
  { name: 'all-contexts', kind: 'switch', standard: 'false', help: 'Look at every context of the kubeconfig at once' },
];

/** Each is of one cluster, or a secret that is for one. All other connection flags hold for every context. */
const OF_ONE_CLUSTER = [
  'context',
  'cluster',
  'server',
  'token',
  'client-certificate',
  'client-key',
  'tls-server-name',
  'from',
];

const SEVERAL = ['contexts', 'all-contexts'] as const;

/** What cannot be meant together. */
export const FLEET_CLASHES: readonly Clash[] = [
  { flags: SEVERAL, why: 'give one of them' },
  ...OF_ONE_CLUSTER.flatMap((one) =>
    SEVERAL.map((several) => ({ flags: [one, several] as const, why: `--${one} is about one cluster` })),
  ),
];

/** Which contexts a command line wants together, each once; null where it is about one cluster. Throws a usage error where it names none. */
export function fleetOf(given: readonly string[], all: boolean): readonly string[] | 'all' | null {
  if (all) return 'all';
  if (given.length === 0) return null;
  const names = [...new Set(given.flatMap((text) => text.split(',')).map((name) => name.trim()))].filter(Boolean);
  if (names.length > 0) return names;
  throw new UserError('--contexts names no context; give some, separated by commas', EXIT.usage);
}
