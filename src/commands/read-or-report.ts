import { AccessError } from '../model/errors.ts';
import type { Depth } from '../model/evidence.ts';
import type { View } from '../report/view.ts';
import type { Io } from '../terminal/io.ts';
import type { Options } from './flags/parse-options.ts';
import { reportNoAnswer } from './no-answer.ts';

/** What was read. Where there is no answer at all, a program gets a document that says so before the error goes its way. */
export async function readOrReport(options: Options, io: Io, depth: Depth = 'verdict'): Promise<View> {
  const { readView } = await import('./session.ts');
  try {
    return await readView(options, io, depth);
  } catch (error) {
    // Where a template does not fit that document, the error says more than that.
    if (error instanceof AccessError) await reportNoAnswer(error, options, io).catch(() => undefined);
    throw error;
  }
}
