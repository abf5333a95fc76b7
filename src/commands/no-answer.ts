import type { AccessError } from '../model/errors.ts';
import { isPage } from '../report/format.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import type { Options } from './flags/parse-options.ts';

/** Where there is no answer at all, a program gets a document that says so; a person reads the error. */
export async function reportNoAnswer(error: AccessError, options: Options, io: Io): Promise<void> {
  const { output, template, quiet, color } = options;
  if (isPage(output) || quiet) return;
  const { accessReport } = await import('./access-report.ts');
  const { documents } = await import('../report/renderers.ts');
  print(documents[output](accessReport(error, new Date().toISOString()), template), io.stdout, io, color);
}
