import { readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Evidence, Reads } from '../../src/model/evidence.ts';
import type { Finding } from '../../src/model/finding.ts';
import { rules } from '../../src/rules/index.ts';
import { fixtureEvidence } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('what is certain');
const names = readdirSync(new URL('../fixtures/', import.meta.url)).sort();

/**
 * Certain only where words lead to an object that bears them out: without the words nobody would look at the object, and the
 * object alone is no fault.
 */
const LED_BY_WORDS = [
  'controller-rbac-broken',
  'crash-rbac',
  'missing-image-env',
  'podnodeselector-conflict',
  'podsecurity-denied',
  'rs-create-error',
  'sidecar-not-ready',
  'vap-denied',
];

/** The same evidence, without a word that was written for people: reasons are the API's own names, messages are not. */
function wordless(evidence: Evidence): Evidence {
  const blanked = JSON.stringify(evidence.reads, (key, value) => (isMessage(key, value) ? '' : value));
  return { ...evidence, reads: JSON.parse(blanked) as Reads };
}

function isMessage(key: string, value: unknown): boolean {
  return key === 'message' && typeof value === 'string';
}

function messagesOf(evidence: Evidence): string[] {
  const found: string[] = [];
  JSON.stringify(evidence.reads, (key, value) => {
    if (isMessage(key, value)) found.push(value);
    return value;
  });
  return found;
}

function certain(evidence: Evidence): Finding[] {
  const { causes, findings } = diagnose(evidence, rules);
  return [...causes, ...findings].filter(({ confidence }) => confidence === 'certain');
}

for (const name of names) {
  test(`${name}: what is certain does not rest on words alone`, async () => {
    const evidence = await fixtureEvidence(name);
    const without = certain(wordless(evidence)).map(({ code }) => code);
    const messages = messagesOf(evidence);
    for (const { code, evidence: items } of certain(evidence)) {
      if (without.includes(code)) continue;
      assert.ok(LED_BY_WORDS.includes(code), `${code} is no longer certain without words`);
      const quoted = (text: string) => messages.some((message) => message.includes(text));
      assert.ok(
        items.some(({ text }) => !quoted(text)),
        `${code} has no evidence but words`,
      );
    }
  });

  test(`${name}: without words no cause becomes certain that was not`, async () => {
    const evidence = await fixtureEvidence(name);
    const { causes, findings } = diagnose(evidence, rules);
    const before = [...causes, ...findings].flatMap(({ code, consequences }) => [code, ...consequences]);
    for (const { code, confidence } of diagnose(wordless(evidence), rules).causes) {
      assert.ok(confidence !== 'certain' || before.includes(code), code);
    }
  });
}

test.run();
