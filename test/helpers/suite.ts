import { suite as uvuSuite } from 'uvu';

type Action = () => unknown;

/** What `suite` returns: declares a test. Every file ends with `test.run()`. */
export interface Test {
  (name: string, handler: Action): void;
  /** Counts as skipped, with the reason printed at the end of the run. */
  skip(name: string, reason: string): void;
  before: ((hook: Action) => void) & { each(hook: Action): void };
  after: ((hook: Action) => void) & { each(hook: Action): void };
  run(): void;
}

interface Tally {
  title: string;
  fileIndex: number;
  tests: { name: string; state: 'did not run' | 'failed' | 'passed' }[];
  skipped: string[];
  brokenHooks: string[];
}

const tallies: Tally[] = [];

/**
 * uvu's `suite`, without its ways to turn a failure green: a forgotten `run()`, a throwing `before` or `after`, a
 * thrown string or null, an `after.each` that throws after a failing test, and a test that never settles all fail.
 * `seconds` is how long one test may take.
 */
export function suite(title: string, { seconds = 60 } = {}): Test {
  const inner = uvuSuite(title);
  const tally: Tally = { title, fileIndex: currentFileIndex(), tests: [], skipped: [], brokenHooks: [] };
  tallies.push(tally);

  const declare = (name: string, handler: Action) => {
    const entry: Tally['tests'][number] = { name, state: 'did not run' };
    tally.tests.push(entry);
    inner(name, async () => {
      entry.state = 'failed';
      await settle(handler, seconds);
      entry.state = 'passed';
    });
  };
  const tidy = (when: string, hook: Action) => async () => {
    await settle(hook, seconds).catch((error: Error) => tally.brokenHooks.push(`${when} threw: ${error.message}`));
  };
  const prepare = (when: string, hook: Action) => async () => {
    await settle(hook, seconds).catch((error: Error) => {
      tally.brokenHooks.push(`${when} threw: ${error.message}`);
      throw error;
    });
  };
  return Object.assign(declare, {
    skip: (name: string, reason: string) => {
      tally.skipped.push(`${title}: ${name} (${reason})`);
    },
    before: Object.assign((hook: Action) => inner.before(prepare('before', hook)), {
      each: (hook: Action) => inner.before.each(prepare('before.each', hook)),
    }),
    after: Object.assign((hook: Action) => inner.after(tidy('after', hook)), {
      each: (hook: Action) => inner.after.each(tidy('after.each', hook)),
    }),
    run: () => inner.run(),
  });
}

/** Waits for a rejection with an error of the given class (and message) and returns it; anything else fails the test. */
export async function rejects<Kind extends Error>(
  promise: Promise<unknown>,
  kind: new (...args: never[]) => Kind,
  message?: RegExp,
): Promise<Kind> {
  const thrown = await promise.then(
    () => {
      throw new Error(`Expected a rejection with ${kind.name}, but the promise was fulfilled.`);
    },
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof kind)) throw new Error(`Expected ${kind.name}, got: ${thrown}`, { cause: thrown });
  if (message && !message.test(thrown.message)) {
    throw new Error(`Expected a message like ${message}, got: ${thrown.message}`, { cause: thrown });
  }
  return thrown;
}

/** What all suites have come to. `complaints` names every test and hook that uvu itself may have kept quiet about. */
export function totals(): { passed: number; failed: number; skipped: string[]; complaints: string[] } {
  const complaints = tallies.flatMap(complaintsOf);
  const tests = tallies.flatMap((tally) => tally.tests);
  const passed = tests.filter((test) => test.state === 'passed').length;
  const failed = tests.filter((test) => test.state === 'failed').length;
  return { passed, failed: failed + complaints.length, skipped: tallies.flatMap((tally) => tally.skipped), complaints };
}

/** Whether the file that was loaded as number `index` declared a test or a skip. */
export function declaresTests(index: number): boolean {
  return tallies.some((tally) => tally.fileIndex === index && tally.tests.length + tally.skipped.length > 0);
}

function complaintsOf({ title, tests, skipped, brokenHooks }: Tally): string[] {
  const lost = tests
    .filter((test) => test.state === 'did not run')
    .map((test) => `${title}: "${test.name}" did not run`);
  const empty = tests.length + skipped.length === 0 ? [`${title}: declares no test`] : [];
  return [...lost, ...empty, ...brokenHooks.map((hook) => `${title}: ${hook}`)];
}

async function settle(action: Action, seconds: number): Promise<void> {
  const timer = Promise.withResolvers<never>();
  const timeout = setTimeout(() => timer.reject(new Error(`Did not settle within ${seconds} s`)), seconds * 1000);
  try {
    await Promise.race([(async () => action())(), timer.promise]);
  } catch (thrown) {
    throw thrown instanceof Error ? thrown : new Error(`Threw a value that is no Error: ${JSON.stringify(thrown)}`);
  } finally {
    clearTimeout(timeout);
  }
}

/** uvu numbers the files of a run with this global (uvu 0.5.6, run/index.mjs); a file run alone has none. */
function currentFileIndex(): number {
  return (globalThis as { UVU_INDEX?: number }).UVU_INDEX ?? 0;
}

function complainAtExit(): void {
  const { failed, complaints } = totals();
  const alone = tallies.length === 0 ? ['no suite was declared'] : complaints;
  for (const line of alone) process.stderr.write(`  FAIL  ${line}\n`);
  if (failed + alone.length > 0) process.exitCode = 1;
}

const isPartOfRun = 'UVU_DEFER' in globalThis;
if (!isPartOfRun) process.on('exit', complainAtExit);
