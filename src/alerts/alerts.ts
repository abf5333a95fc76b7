import type { AlertItem, AlertList } from '../model/alert-list.ts';
import { redact } from '../objects/meta/redact.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { basisOf } from './basis.ts';
import type { Definition, Definitions } from './definitions.ts';
import { evaluate } from './expression.ts';
import type { AlertInput } from './input.ts';
import { type Fault, faultsOf, metricsWith } from './metrics.ts';
import { heldSince } from './since.ts';
import { silenceOf, whyOf } from './why.ts';

/** More of an expression than this is not shown. */
const MAX_SHOWN = 1000;

/** What each alert of the virt-operator family should be doing, and how that is known. */
export function alertsOf(input: AlertInput): Pick<AlertList, 'decidedBy' | 'items'> {
  const { decidedBy, readings, silence } = basisOf(input);
  // Without a rule there is nothing that a fault could make false; and what feeds a Prometheus elsewhere is not seen here.
  const isElsewhere = input.monitoring.prometheusRules === null;
  const faults = silence === null && !isElsewhere ? faultsOf(input) : [];
  const names = [...new Set(readings.flatMap((reading) => reading.alerts.map(({ name }) => name)))];
  const items = names.map((name) => item({ name, input, readings, silence, faults }));
  return { decidedBy, items };
}

interface About {
  name: string;
  input: AlertInput;
  readings: readonly Definitions[];
  /** Why no alert can fire. */
  silence: string | null;
  faults: readonly Fault[];
}

function item(about: About): AlertItem {
  const { name, input, readings, silence } = about;
  const definitions = readings.flatMap(({ alerts }) => alerts.filter((one) => one.name === name));
  const { minutes = 0, severity = '' } = definitions[0] ?? {};
  const { holds, really, culprit } = judge(about);
  const isFalse = silence === null && holds === true && really === false;
  const silent = silenceOf({ name, input, holds, really, silence, culprit });
  const since = silence === null && holds ? ((isFalse ? culprit?.since : heldSince(name, input)) ?? null) : null;
  return {
    name,
    state: silence === null ? stateOf(holds, ageSeconds(input.readAt, since), minutes) : 'inactive',
    since,
    falsePositive: isFalse,
    severity,
    forMinutes: minutes,
    expression: shown(oneOf(definitions)),
    falseSilence: silent.isFalse,
    why: redact(
      whyOf({
        name,
        definitions,
        readings,
        input,
        faults: about.faults,
        holds,
        culprit: isFalse ? culprit : null,
        silent,
      }),
    ),
  };
}

interface Judgement {
  /** Whether the expression holds as Prometheus sees it; null when the objects cannot tell. */
  holds: boolean | null;
  /** Whether it would hold with nothing wrong in monitoring. */
  really: boolean | null;
  /** The fault that makes the difference. */
  culprit: Fault | null;
}

/** An expression that holds because of monitoring alone is false; a fault that is not sure leaves it open. */
function judge({ name, input, readings, faults }: About): Judgement {
  const holdsWith = (some: readonly Fault[]) => agreed(readings.map((reading) => holdsIn(name, reading, input, some)));
  const sure = faults.filter((fault) => fault.sure);
  const really = holdsWith([]);
  const [seen, worst] = [holdsWith(sure), holdsWith(faults)];
  const holds = seen === worst ? seen : null;
  const culprit = faults.find((fault) => holdsWith([fault]) !== really) ?? null;
  return { holds, really, culprit };
}

function holdsIn(name: string, reading: Definitions, input: AlertInput, faults: readonly Fault[]): boolean | null {
  const definition = reading.alerts.find((one) => one.name === name);
  if (!definition) return false;
  const value = evaluate(definition.expression, metricsWith(input, reading, faults));
  return value === 'unknown' ? null : value !== 'none';
}

/** What all readings say; null when they differ. */
function agreed(answers: readonly (boolean | null)[]): boolean | null {
  const [first = null] = answers;
  return answers.every((one) => one === first) ? first : null;
}

function oneOf(definitions: readonly Definition[]): string | null {
  const [first, ...others] = definitions;
  return first && others.every((one) => one.expression === first.expression) ? first.expression : null;
}

/** A rule is somebody's text. */
function shown(expression: string | null): string | null {
  return expression === null ? null : redact(expression.slice(0, MAX_SHOWN));
}

function stateOf(holds: boolean | null, age: number | null, minutes: number): AlertItem['state'] {
  if (holds === null) return 'unknown';
  if (!holds) return 'inactive';
  return minutes === 0 || (age !== null && age >= minutes * 60) ? 'firing' : 'pending';
}
