/** What `npm start` shows where there is no cluster to look at. */
export const EXAMPLE = 'examples/webhook-unreachable';

interface Surroundings {
  KUBECONFIG: string | undefined;
  hasDefaultKubeconfig: boolean;
}

/** What the executable is called with: `status`, unless the user names a command, and the recorded outage where nothing names a cluster. */
export function argumentsFor(given: string[], surroundings: Surroundings): { args: string[]; isExample: boolean } {
  const hasCommand = given[0] !== undefined && !given[0].startsWith('-');
  const args = hasCommand ? given : ['status', ...given];
  const namesSource = given.some((arg) => /^--(kubeconfig|from|server)(=|$)|^-s$/.test(arg));
  const isHelp = given.some((arg) => arg === '--help' || arg === '-h');
  const hasCluster = Boolean(surroundings.KUBECONFIG) || surroundings.hasDefaultKubeconfig || namesSource;
  const isExample = !hasCluster && !isHelp && ['status', 'describe'].includes(args[0] ?? '');
  return { args: isExample ? [...args, '--from', EXAMPLE] : args, isExample };
}
