import { clearLine, cursorTo, moveCursor } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import type { Io, Stream } from '../../src/terminal/io.ts';

/** A stream that keeps what is written to it. */
export class Sink extends Writable {
  text = '';
  declare isTTY: boolean;
  declare columns: number;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** A stream of a terminal so many columns wide, with what a terminal's stream can do, or of none. */
export function sink(terminalColumns?: number): Sink & Stream {
  const stream = new Sink();
  if (terminalColumns === undefined) return stream;
  return Object.assign(stream, {
    isTTY: true,
    columns: terminalColumns,
    clearLine: (direction: -1 | 0 | 1) => clearLine(stream, direction),
    cursorTo: (x: number) => cursorTo(stream, x),
    moveCursor: (dx: number, dy: number) => moveCursor(stream, dx, dy),
  });
}

/** The world of a command under test: two sinks and exactly this environment. */
export function testIo(env: Record<string, string> = { LANG: 'C.UTF-8' }): Io & { stdout: Sink; stderr: Sink } {
  const nothing = () => undefined;
  const own = {
    stdin: Readable.from([]),
    executable: null,
    ifInterrupted: nothing,
    atEnd: nothing,
    ifStopped: () => nothing,
    killGroup: nothing,
    ownGroup: () => nothing,
  };
  return { stdout: sink(), stderr: sink(), env, platform: 'linux', isTerminal: false, ...own };
}
