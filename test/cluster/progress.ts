import process from 'node:process';

/** Tells on stderr what takes its time, every half minute how long already, and at the end how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`;
  console.error(`${what} …`);
  const timer = setInterval(() => console.error(`${what} … ${elapsed()}`), 30_000);
  try {
    const result = await work();
    console.error(`${what}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** One line of progress. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** An error in one line, with what it was caused by. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined || error.cause === null
    ? error.message
    : `${error.message} (${explained(error.cause)})`;
}
