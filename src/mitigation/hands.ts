import type { MayI, Send } from '../model/change.ts';
import type { Evidence } from '../model/evidence.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Repair } from '../model/repair.ts';
import type { OperatorReport } from '../model/report.ts';
import type { OperatorFollower } from '../objects/operator/progress.ts';
import type { Journal } from './journal.ts';

/** Everything that was read at one time, and what is concluded from it. */
export interface Look {
  evidence: Evidence;
  report: OperatorReport;
}

/** The world that a repair acts in: a cluster, a person, a clock, a notebook. All of it is handed in. */
export interface Hands {
  cluster: Evidence['cluster'];
  /** Reads everything anew and concludes. */
  look(): Promise<Look>;
  /** Reads one object; null when it does not exist. Rejects when there is no answer. */
  read(path: string): Promise<KubernetesObject | null>;
  follow(where: { namespace: string; name: string }): OperatorFollower;
  mayI: MayI;
  send: Send;
  /** Shows a repair before it is made, or what came of it before the next one. */
  show(repair: Repair): void;
  /** One line from the person; null when there is none, or nobody to ask. */
  ask(question: string): Promise<string | null>;
  /** What is going on, or null when that is over. */
  progress(now: { text: string; seconds: number } | null): void;
  journal: Journal;
  /** RFC 3339. */
  now(): string;
  /** Milliseconds of a clock that only goes forward. */
  ticks(): number;
  /** What a person must know who interrupts now. */
  ifInterrupted(words: string): void;
}

/** How a repair is to be made. */
export interface Wishes {
  yes: boolean;
  dryRun: 'none' | 'client' | 'server';
  /** Whether a person can be asked. */
  isTerminal: boolean;
  overrideOwner: boolean;
  /** The only context that may be changed, and whose name is asked for. */
  confirmContext: string | null;
  /** How long to watch, in milliseconds. */
  timeout: number;
}
