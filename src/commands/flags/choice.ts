/** The choice that a word names, in whatever case; the usual one where it names none: `checkArguments` has refused that. */
export function choiceOf<T extends string>(choices: readonly T[], word: string, standard: T): T {
  return choices.find((one) => one === word.toLowerCase()) ?? standard;
}
