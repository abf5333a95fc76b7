import type { EvidenceItem, Mitigation, Observation } from '../model/finding.ts';
import { crashText } from './crash.ts';
import type { ClassifiedCrash } from './crash-class.ts';
import { inNamespace, type PodFailure, podObservations } from './pod-failure.ts';
import { nameOf } from './reference.ts';

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
  const said = crashed.map((crash) => ({ ...crash, message: crash.line, source: `${crash.source}, message` }));
  const ends = crashed.map((crash) => ({ text: crashText(crash), source: crash.source }));
  return podObservations(said, () => {
    const { evidence, ...rest } = say(first);
    return { ...rest, since: first.finishedAt, evidence: [...ends, ...(evidence ?? [])] };
  });
}

/** The last lines of what a container logged, where its pod keeps them. */
export function lastLines({ message, source }: ClassifiedCrash, count = 3): EvidenceItem[] {
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).map((text) => ({ text, source: `${source}, message` }));
}

/** A person reads the log of the container that ended. */
export function readLog(action: string, { pod, container }: Pick<PodFailure, 'pod' | 'container'>): Mitigation {
  return { action, automatic: false, command: inNamespace(pod, `logs ${nameOf(pod)} -c ${container} --previous`) };
}
