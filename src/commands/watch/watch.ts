import { EXIT, type ExitCode } from '../../model/errors.ts';
import { isPage } from '../../report/format.ts';
import type { Io } from '../../terminal/io.ts';
import type { Options } from '../flags/parse-options.ts';
import { checkWatch } from '../flags/watch-flag.ts';
import { openWaitHands } from '../wait/wait-hands.ts';
import { type Seen, watchStatus } from './watch-status.ts';

/** `status --watch`: until it is interrupted, or nobody listens any more. */
export async function watch(options: Options, io: Io): Promise<ExitCode> {
  checkWatch(options);
  const hands = await openWaitHands({ ...options, quiet: true }, io);
  const { show, close } = await openDisplay(options, io);
  let isOver = false;
  io.stdout.once('error', () => {
    isOver = true;
  });
  try {
    await watchStatus({
      look: () => hands.look(options.requestTimeout || Number.POSITIVE_INFINITY),
      follow: hands.follow,
      ticks: hands.ticks,
      show,
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      now: () => new Date().toISOString().replace(/\.\d+/, ''),
      isOver: () => isOver,
    });
  } finally {
    close();
    hands.close();
  }
  return EXIT.ok;
}

interface Display {
  show(seen: Seen): void;
  close(): void;
}

/** How what is seen is shown: in place on a terminal, else whenever the answer has changed. */
async function openDisplay(options: Options, io: Io): Promise<Display> {
  const isLive = io.stdout.isTTY === true && io.env.TERM !== 'dumb' && isPage(options.output);
  if (isLive) return (await import('./watch-screen.ts')).openScreen(options, io);
  return { show: (await import('./watch-lines.ts')).openLines(options, io), close: () => undefined };
}
