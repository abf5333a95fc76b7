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

test.run();
