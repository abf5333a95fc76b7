import type { Flag } from './flag.ts';

/**
 * Rewrites what kubectl's flag parser (spf13/pflag) takes and yargs does not: glued values (`-ojson`, `-n=kubevirt`),
 * `_` for `-` in flag names, and `help COMMAND`. Everything after `--` stays as it is.
 */
export function normalizeArguments(args: readonly string[], flags: readonly Flag[]): string[] {
  const valued = flags.flatMap((flag) => (flag.short && flag.kind !== 'switch' ? [flag.short] : []));
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const asked = own[0] === 'help' ? [...own.slice(1), '--help'] : own;
  return [...asked.flatMap((arg) => normalize(arg, valued)), ...(end < 0 ? [] : args.slice(end))];
}

function normalize(arg: string, valued: readonly string[]): string[] {
  if (arg.startsWith('--')) {
    const [name = '', ...rest] = arg.split('=');
    return [[name.replaceAll('_', '-'), ...rest].join('=')];
  }
  const short = arg[1] ?? '';
  if (!arg.startsWith('-') || !valued.includes(short) || arg.length < 3) return [arg];
  return [`-${short}`, arg.slice(2).replace(/^=/, '')];
}
