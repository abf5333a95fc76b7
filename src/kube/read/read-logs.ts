import type { ContainerLog } from '../../model/container-log.ts';
import type { Read, Reads } from '../../model/evidence.ts';
import { redactLog } from '../../objects/meta/redact.ts';
import type { Parse } from './body.ts';
import type { LogQuestion } from './log-questions.ts';
import type { LogBounds } from './question.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

/** Enough for the last words and what led to them. A slow kubelet must not keep the answer back for long. */
const LAST_LINES: LogBounds = { tail: 200, limitBytes: 64 * 1024, withinMs: 3000 };
/** The server counts bytes from the first of the last lines (Kubernetes 1.36 core/v1 types.go PodLogOptions): where those are long, the end is missing. */
const FEW_LINES: LogBounds = { ...LAST_LINES, tail: 10 };

/** Reads the end of these containers' logs. What the API server says where a kubelet gives none is evidence, too. */
export async function readLogs(
  reader: Reader,
  namespace: string,
  wanted: readonly LogQuestion[],
): Promise<Reads['operatorLogs']> {
  if (wanted.length === 0) return { status: 'unneeded' };
  const reads = await Promise.all(wanted.map((one) => lastLines(reader, namespace, one)));
  const value = reads.flatMap((one) => (one.status === 'read' ? one.value : []));
  const refused = reads.find(({ status }) => status === 'forbidden' || status === 'failed');
  return refused && value.length === 0 ? refused : { status: 'read', value };
}

/** A container whose last run is forgotten has its present log only. */
async function lastLines(reader: Reader, namespace: string, wanted: LogQuestion): Promise<Reads['operatorLogs']> {
  const log = await readEnd(reader, namespace, wanted);
  const hasNone = log.status === 'failed' && (log.reason === 'not-kubernetes' || log.reason === 'not-recorded');
  const current = { ...wanted, previous: false };
  return wanted.previous && hasNone
    ? asEvidence(await readEnd(reader, namespace, current), current)
    : asEvidence(log, wanted);
}

async function readEnd(reader: Reader, namespace: string, wanted: LogQuestion): Promise<Read<ContainerLog[]>> {
  const log = await readLog(reader, namespace, wanted, LAST_LINES);
  return log.status === 'read' && log.partial ? readLog(reader, namespace, wanted, FEW_LINES) : log;
}

/** Reads one log within these bounds; `partial` where its end did not fit in. */
export function readLog(
  reader: Reader,
  namespace: string,
  wanted: LogQuestion,
  bounds: LogBounds,
): Promise<Read<ContainerLog[]>> {
  return reader.read('operatorLogs', READS.operatorLogs.ask(namespace, wanted, bounds), logBody(wanted, bounds));
}

/** Lines without secrets. */
function logBody({ pod, container, previous }: LogQuestion, { tail, limitBytes }: LogBounds): Parse<ContainerLog[]> {
  return ({ text }) => {
    if (typeof text !== 'string') return null;
    const lines = text.trimEnd().split('\n');
    const last = redactLog((tail === null ? lines : lines.slice(-tail)).join('\n'));
    const log = {
      pod,
      container,
      previous,
      text: last,
      cut: lines.length >= (tail ?? lines.length + 1),
      failure: null,
    };
    return Buffer.byteLength(text) < limitBytes ? { value: [log] } : { value: [log], partial: true };
  };
}

/** The API server answers all else: a failure here is the kubelet's, or the way to it. */
function asEvidence(read: Read<ContainerLog[]>, { pod, container, previous }: LogQuestion): Read<ContainerLog[]> {
  if (read.status !== 'failed' || (read.reason !== 'api-degraded' && read.reason !== 'timeout')) return read;
  const log = { pod, container, previous, text: '', cut: false, failure: read.message };
  return { status: 'read', value: [log] };
}
