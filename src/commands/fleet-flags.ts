import { EXIT, UserError } from '../model/errors.ts';
import type { Flag } from './flag.ts';
import type { ParsedArguments } from './parse-options.ts';

export const FLEET_FLAGS: readonly Flag[] = [
  {
    name: 'contexts',
    kind: 'list',
    standard: '',
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

/** Which contexts a command line wants together, each once; null where it is about one cluster. Throws a usage error where it contradicts itself. */
export function fleetOf(given: readonly string[], args: ParsedArguments): readonly string[] | 'all' | null {
  const all = args['all-contexts'] === true;
  if (given.length === 0 && !all) return null;
  const flag = all ? '--all-contexts' : '--contexts';
  if (all && given.length > 0) throw usage('--contexts and --all-contexts contradict each other; give one of them');
  const other = OF_ONE_CLUSTER.find((name) => isGiven(args[name]));
  if (other) throw usage(`--${other} is about one cluster, ${flag} about several; give one of them`);
  const names = [...new Set(given.flatMap((text) => text.split(',')).map((name) => name.trim()))].filter(Boolean);
  if (!all && names.length === 0) throw usage('--contexts names no context; give some, separated by commas');
  return all ? 'all' : names;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.some((one) => one !== '') : value !== undefined && value !== '';
}

function usage(message: string): UserError {
  return new UserError(message, EXIT.usage);
}
