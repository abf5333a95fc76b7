import { OPERATOR_CONTAINER } from '../../objects/pod/pod.ts';
import type { Flag } from './flag.ts';

/** Enough to see what a pod does, and little enough to read. */
export const LOG_TAIL = '50';

/** kubectl's flags of `logs`, as far as they are offered (kubectl v0.36 pkg/cmd/logs/logs.go). */
export const LOG_FLAGS: readonly Flag[] = [
  {
    name: 'follow',
    short: 'f',
    kind: 'switch',
    standard: 'false',
    help: 'Go on printing what the pods log, also when they are started again or replaced',
  },
  {
    name: 'previous',
    short: 'p',
    kind: 'switch',
    standard: 'false',
    help: 'Print the logs of the last run of the container, if it ran before',
  },
  {
    name: 'tail',
    kind: 'text',
    standard: LOG_TAIL,
    help: 'Lines of each log to print; -1 is all, as far as 1 MiB goes',
  },
  { name: 'since', kind: 'text', standard: '', help: 'Only lines that are newer than a duration such as 10m or 1h' },
  {
    name: 'container',
    short: 'c',
    kind: 'text',
    standard: OPERATOR_CONTAINER,
    help: 'Print the logs of this container',
  },
];
