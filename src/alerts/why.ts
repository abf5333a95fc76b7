import { lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { isLedByStranger } from '../objects/operator/stranger.ts';
import type { Definition, Definitions } from './definitions.ts';
import { metricsIn, type Sample } from './expression.ts';
import type { AlertInput } from './input.ts';
import { countedBy, countedStrangers, type Fault, maskingPods, metricsWith, type Value } from './metrics.ts';

/** Why an alert is silent where that is not simply because all is well. */
export interface Silence {
  isFalse: boolean;
  text: string | null;
}

interface Judged {
  name: string;
  input: AlertInput;
  holds: boolean | null;
  really: boolean | null;
  /** Why no alert can fire. */
  silence: string | null;
  culprit: Fault | null;
}

/** Whether an alert is silent although what it stands for is so, and why. */
export function silenceOf({ name, input, holds, really, silence, culprit }: Judged): Silence {
  if (silence !== null) return { isFalse: really === true, text: silence };
  if (holds !== false) return { isFalse: false, text: null };
  if (really) return { isFalse: true, text: culprit?.title ?? null };
  const isDown = input.pods !== null && input.operator.ready.length === 0;
  if (name !== 'VirtOperatorDown' || !isDown) return { isFalse: false, text: null };
  const [mask] = maskingPods(input);
  const [stranger] = countedStrangers(input);
  if (stranger) {
    const text = `it counts pod ${stranger}, which Deployment ${nameOf(input.operator.deployment)} does not own`;
    return { isFalse: !isLedByStranger(input.operator, input.pods, input.lease), text };
  }
  const text = mask
    ? `it takes pod ${mask} of the install-strategy Job for an operator pod`
    : 'a pod that crashes or does not get Ready stays in phase Running, and that is all it counts';
  return { isFalse: true, text };
}

const WORDS: Record<Value, string> = {
  up: 'operator pods that Prometheus scrapes',
  ready: 'operator pods that are ready',
  leading: 'operator pods that lead',
  running: 'operator pods in phase Running',
  desired: 'wanted replicas',
  nodes: 'nodes',
};

interface Explained {
  name: string;
  definitions: readonly Definition[];
  readings: readonly Definitions[];
  input: AlertInput;
  faults: readonly Fault[];
  holds: boolean | null;
  /** The fault that makes it hold falsely. */
  culprit: Fault | null;
  silent: Silence;
}

/** What an alert's expression sees now, and why that is false where it is. */
export function whyOf({ name, definitions, readings, input, faults, holds, culprit, silent }: Explained): string {
  const [reading] = readings;
  const sure = faults.filter((fault) => fault.sure);
  const metrics = reading && metricsWith(input, reading, sure);
  const values = new Map<Value, Sample>();
  for (const metric of definitions.flatMap(({ expression }) => metricsIn(expression))) {
    const value = countedBy(metric);
    if (value && metrics) values.set(value, metrics(metric));
  }
  const counts = [...values].map(([value, sample]) => `${WORDS[value]}: ${sampleText(sample)}`);
  const seen = seenText(counts);
  if (culprit) return `${seen}; false, because ${culprit.title}`;
  const doubt = faults.find((fault) => !fault.sure);
  if (silent.text !== null) return `${silent.isFalse ? 'falsely silent' : 'silent'}: ${silent.text} (${seen})`;
  if (doubt && holds === null && counts.length > 0) return `${seen}; not known, for ${doubt.title}`;
  const isAboutFew = name === 'LowVirtOperatorCount' && !values.has('desired');
  return [seen, ...singleText(input.operator).filter(() => holds && isAboutFew)].join('; ');
}

function seenText(counts: readonly string[]): string {
  return counts.length > 0 ? counts.join(', ') : "it needs the operator's own metrics, which only Prometheus has";
}

/** That no second replica is asked for, who wrote so, and what asks for one; nothing where that is not so. */
function singleText({ deployment, desired }: AlertInput['operator']): string[] {
  if (!deployment || desired !== 1) return [];
  const name = nameOf(deployment);
  const [written] = writerEvidence(deployment, lastWriter(deployment, ['spec', 'replicas']));
  const command = shell`kubectl -n ${deployment.metadata?.namespace ?? ''} scale deployment/${name} --replicas=2 --current-replicas=1`;
  return [`Deployment ${name} asks for 1 replica only (${written?.text ?? ''}): ${command}`];
}

function sampleText(sample: Sample): string {
  return sample === 'none' ? 'no value' : `${sample}`;
}
