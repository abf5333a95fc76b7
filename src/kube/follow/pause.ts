/** Waits so long; ends early when the signal says so, or whoever was given the means. */
export function pause(
  milliseconds: number,
  signal: AbortSignal,
  give: (wake: () => void) => unknown = () => undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    give(done);
    if (signal.aborted) done();
  });
}
