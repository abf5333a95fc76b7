/** What a word may be that only a look elsewhere tells: into the file system, the kubeconfig, the journal or the cluster. */
export type Completes =
  | 'file'
  | 'folder'
  | 'context'
  | 'contexts'
  | 'cluster'
  | 'user'
  | 'namespace'
  | 'code'
  | 'action'
  | 'subject'
  | 'pod'
  | 'repair';

/** What can be said of a word before it is typed: `choices` are all that there are, and one that ends in `=` goes on. */
export interface Expected {
  choices?: readonly string[];
  completes?: Completes;
}

/** One flag, in kubectl's words. A `switch` takes no value, a `list` may be given again. */
export interface Flag extends Expected {
  name: string;
  short?: string;
  kind: 'text' | 'switch' | 'list';
  /** What holds when it is not given; '' is nothing. */
  standard: string;
  help: string;
  /** The values that it takes, where they are few. */
  choices?: readonly string[];
}
