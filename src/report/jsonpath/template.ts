/** One step of a path: from the values so far to the next. */
export type Step =
  | { kind: 'field'; name: string }
  | { kind: 'wildcard' }
  | { kind: 'recursive' }
  | { kind: 'slice'; start: number | null; end: number | null; step: number | null; single: boolean }
  | { kind: 'union'; branches: readonly Step[][] }
  | { kind: 'filter'; left: readonly Step[]; operator: string; right: readonly Step[] }
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'word'; name: string };

/** A piece of a template: text, an action in braces, or a range over what an action finds. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'action'; steps: readonly Step[] }
  | { kind: 'range'; steps: readonly Step[]; body: readonly Part[]; isClosed: boolean };
