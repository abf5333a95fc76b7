/** Parsed arguments as yargs gives them: a flag that was repeated is a list. */
export type ParsedArguments = Readonly<Record<string, unknown>>;

/** A repeated flag counts as given last, as in kubectl. */
export function word(args: ParsedArguments, name: string): string {
  return words(args, name).at(-1) ?? '';
}

export function words(args: ParsedArguments, name: string): string[] {
  const value = args[name];
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Whether a switch is given, and not taken back. */
export function isOn(args: ParsedArguments, name: string): boolean {
  return [args[name]].flat().at(-1) === true;
}
