import type { AccessError } from '../model/errors.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import { dataDocument } from './data-document.ts';
import type { Options } from './parse-options.ts';

/** Where there is no answer at all, a program gets a document that says so; a person reads the error. */
export async function reportNoAnswer(error: AccessError, { output, quiet, color }: Options, io: Io): Promise<void> {
  const { accessReport } = await import('./access-report.ts');
  const document = await dataDocument(accessReport(error, new Date().toISOString()), output);
  if (document && !quiet) print(document, io.stdout, io, color);
}
