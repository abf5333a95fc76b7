import type { EvidenceItem, Mitigation, Observation } from '../../model/finding.ts';
import { nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import { crashText } from './crash.ts';
import type { ClassifiedCrash } from './crash-class.ts';
import { lastLinesOf } from './crash-words.ts';
import { inNamespace, podObservations } from './pod-failure.ts';

interface Said {
  title: string;
  confidence: Observation['confidence'];
  evidence?: readonly EvidenceItem[];
  mitigation: Mitigation;
}

/** What a rule says about all containers that ended in one way: the line that tells it, how they ended, and what else was seen. */
export function crashObservations(
  crashed: readonly ClassifiedCrash[],
  say: (first: ClassifiedCrash) => Said,
): Observation[] {
  const [first] = crashed;
  if (!first) return [];
  const said = crashed.map((crash) => ({ ...crash, message: crash.line, source: crash.saidIn }));
  const ends = crashed.map((crash) => ({ text: crashText(crash), source: crash.source }));
  return podObservations(said, () => {
    const { evidence, ...rest } = say(first);
    return { ...rest, since: first.finishedAt, evidence: [...ends, ...(evidence ?? [])] };
  });
}

/** The last lines of what a container logged, as far as they are known. */
export function lastLines({ message, saidIn }: ClassifiedCrash, count = 3): EvidenceItem[] {
  return lastLinesOf(message, count).map((text) => ({ text, source: saidIn }));
}

/** A person reads the log of the container that ended. */
export function readLog(action: string, { pod, container, previous }: ClassifiedCrash): Mitigation {
  const command = inNamespace(pod, `${shell`logs ${nameOf(pod)} -c ${container}`}${previous ? ' --previous' : ''}`);
  return { action, automatic: false, command };
}
