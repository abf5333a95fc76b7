import { CONFIG_FLAGS } from '../../src/commands/flags/config-flags.ts';

/** kubectl's flags that have nothing to do with a connection; docs/kubeconfig.md says so. */
const NOT_TAKEN = ['log-flush-frequency', 'profile', 'profile-output', 'vmodule', 'warnings-as-errors'];
/** Flags that mean something else here, and say so. */
const OWN_HELP = ['namespace', 'request-timeout'];

/** How the connection flags differ in name, shorthand or help from those that `kubectl options` lists. */
export function optionComplaints(kubectlOptions: string): string[] {
  const theirs = new Map(
    [...kubectlOptions.matchAll(/^ {4}(?:-(\w), )?--([\w-]+)=.*:\n\t(.*)$/gm)].map(([, short, name = '', help]) => [
      name,
      `-${short ?? ''} ${OWN_HELP.includes(name) ? '' : help}`,
    ]),
  );
  const ours = new Map(
    CONFIG_FLAGS.map(({ name, short = '', help }) => [name, `-${short} ${OWN_HELP.includes(name) ? '' : help}`]),
  );
  const missing = [...theirs.keys()].filter((name) => !ours.has(name) && !NOT_TAKEN.includes(name));
  const different = [...ours].filter(([name, words]) => theirs.get(name) !== words);
  return [
    ...missing.map((name) => `kubectl has --${name}`),
    ...different.map(
      ([name, words]) => `--${name} is "${theirs.get(name) ?? 'unknown'}" in kubectl, and here "${words}"`,
    ),
  ];
}
