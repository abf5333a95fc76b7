import { EXIT, UserError } from '../../model/errors.ts';
import type { Flag } from './flag.ts';
import type { ParsedArguments } from './parsed-arguments.ts';

/** Two flags that cannot both be meant, and why, `subject` being the word after the command; or one that says nothing without the other. */
export type Clash = { flags: readonly [string, string]; why: string } | { flag: string; needs: string };

/** Of flags that every command takes: what saved objects are read in place of, and what kubectl refuses too (client-go v0.36 tools/clientcmd/validation.go). */
export const GLOBAL_CLASHES: readonly Clash[] = [
  ...['context', 'cluster', 'server'].map((flag) => ({
    flags: ['from', flag] as const,
    why: 'saved objects are read in place of a cluster',
  })),
  ...['username', 'password'].map((flag) => ({ flags: ['token', flag] as const, why: 'give one way to log in' })),
];

/** Refuses flags that contradict each other. One that is given its usual value contradicts nothing. */
export function checkClashes(parsed: ParsedArguments, flags: readonly Flag[], clashes: readonly Clash[]): void {
  const given = (name: string) => {
    const value = [parsed[name]].flat().at(-1) ?? '';
    return ![...flags.filter((flag) => flag.name === name).map(({ standard }) => standard), ''].includes(String(value));
  };
  for (const clash of clashes) {
    if ('needs' in clash) {
      if (given(clash.flag) && !given(clash.needs)) throw usage(`--${clash.flag} needs --${clash.needs}`);
    } else if (clash.flags.every(given)) {
      throw usage(`${clash.flags.map(named).join(' and ')} contradict each other: ${clash.why}`);
    }
  }
}

function named(flag: string): string {
  return flag === 'subject' ? 'an argument' : `--${flag}`;
}

function usage(message: string): UserError {
  return new UserError(message, EXIT.usage);
}
