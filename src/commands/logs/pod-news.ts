import { leaderState } from '../../objects/operator/leader.ts';
import type { OperatorState } from '../../objects/operator/progress.ts';

/** Says what becomes of pods whose logs are followed, each thing once. */
export interface PodNews {
  trouble(text: string | null): void;
  restarts(pod: string, container: string, count: number): void;
  /** Whether no pod is there. */
  none(isSo: boolean): void;
  /** Whether a pod is one too many. */
  tooMany(pod: string, isSo: boolean): void;
  leader(state: OperatorState): void;
  leads(pod: string): boolean;
}

/** `leader` is who leads at first. */
export function podNews(say: (text: string) => void, first: string | null): PodNews {
  let leader = first;
  const told = { trouble: '', none: false, tooMany: false };
  const counts = new Map<string, number>();
  return {
    trouble: (text) => {
      const now = text ?? '';
      if (now !== told.trouble) say(now === '' ? 'the API server answers again' : `trying again: ${now}`);
      told.trouble = now;
    },
    restarts: (pod, container, count) => {
      if (count > (counts.get(pod) ?? count))
        say(`pod/${pod}: container ${container} was started again (restart ${count})`);
      counts.set(pod, count);
    },
    none: (isSo) => {
      if (isSo && !told.none) say('there is no pod of virt-operator; waiting for one');
      told.none = isSo;
    },
    tooMany: (pod, isSo) => {
      if (isSo && !told.tooMany) say(`pod/${pod}: not followed, there are too many others`);
      told.tooMany = isSo;
    },
    leader: ({ lease, pods, readAt }) => {
      if (lease === undefined || pods === undefined) return;
      const { alive, holder } = leaderState(lease, pods, readAt);
      const now = alive ? holder : null;
      if (now !== leader) say(now === null ? `pod/${leader} no longer leads` : `pod/${now} leads now`);
      leader = now;
    },
    leads: (pod) => pod === leader,
  };
}
