import { join } from 'node:path';

export interface Result {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Loads test files (paths below `folder`) into this process and runs their suites, as uvu/run does it (uvu 0.5.6); but a
 * file that cannot be loaded or that declares no test fails, and fails alone. What failed and what was skipped is printed.
 */
export async function runFiles(folder: string, files: readonly string[]): Promise<Result> {
  const uvu = Object.assign(globalThis, { UVU_DEFER: 1, UVU_INDEX: 0, UVU_QUEUE: [] as unknown[][] });
  const { exec } = await import('uvu');
  const { declaresTests, totals } = await import('./suite.ts');
  const broken: string[] = [];
  for (const [index, file] of files.entries()) {
    uvu.UVU_INDEX = index;
    uvu.UVU_QUEUE.push([file]);
    await import(join(folder, file)).then(
      () => declaresTests(index) || broken.push(`${file} declares no test: add one, or rename the file`),
      (error: Error) => broken.push(`${file} cannot be loaded: ${error.stack}`),
    );
  }
  await exec();
  const { passed, failed, skipped, complaints } = totals();
  for (const line of skipped) console.log(`  SKIPPED  ${line}`);
  for (const line of [...complaints, ...broken]) console.log(`  FAIL  ${line}`);
  return { passed, failed: failed + broken.length, skipped: skipped.length };
}

/** The line that a run ends with: `N passed, N failed`, and `, N skipped` where there are any. */
export function countLine({ passed, failed, skipped }: Result): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
