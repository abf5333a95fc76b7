/** One flag, in kubectl's words. A `switch` takes no value, a `list` may be given again. */
export interface Flag {
  name: string;
  short?: string;
  kind: 'text' | 'switch' | 'list';
  /** What holds when it is not given; '' is nothing. */
  standard: string;
  help: string;
  /** The values that it takes, where they are few. */
  choices?: readonly string[];
}
