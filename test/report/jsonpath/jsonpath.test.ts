import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { UserError } from '../../../src/model/errors.ts';
import { jsonPathDocument } from '../../../src/report/jsonpath/jsonpath.ts';
import { suite } from '../../helpers/suite.ts';
import { DOCUMENT, EXPRESSIONS } from './expressions.ts';

const test = suite('jsonpath');

/** What kubectl v1.36 printed for each template, null where it refused: `kubectl patch --local -p {} -f DOCUMENT -o jsonpath=TEMPLATE`. */
const KUBECTL: Record<string, string | null> = JSON.parse(
  readFileSync(new URL('kubectl.json', import.meta.url), 'utf8'),
);

function shown(template: string, data: object = DOCUMENT): string | null {
  try {
    const output = jsonPathDocument(data, template);
    return output.kind === 'document' ? output.text : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

for (const template of EXPRESSIONS) {
  test(`as kubectl: ${template}`, () => assert.is(shown(template), KUBECTL[template]));
}

test('unlike in kubectl, one empty list hides nothing behind it, and has no first element', () => {
  const data = {
    causes: [
      { code: 'a', evidence: [] },
      { code: 'b', evidence: [{ text: 'seen' }] },
    ],
  };
  assert.is(shown('{.causes[*].evidence[*].text}', data), 'seen');
  assert.is(shown('{.causes[?(@.evidence[0])].code}', data), 'b');
});

test('what a terminal would obey is shown instead, line breaks stay', () => {
  const data = { text: 'a\u001b[2J\u202e\nb', list: ['\u0007'] };
  assert.is(shown('{.text}{"\\t"}{.list}', data), 'a\\u001b[2J\\u202e\nb\t["\\u0007"]');
});

test('a template is read in a time that grows with its length, and own names of objects are no keys', () => {
  const start = performance.now();
  shown(`{.a[?(@.b=="${'\\\\'.repeat(20_000)}")]}${'{..a}'.repeat(500)}`);
  assert.ok(performance.now() - start < 2000);
  assert.is(shown('{.constructor}{.__proto__}{.causes.length}'), '');
});

test.run();
