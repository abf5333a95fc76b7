import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';

type Document = 'report' | 'alert-list' | 'can-i-list' | 'explanation' | 'repair' | 'version';

/** The document in a text of JSON, which has to keep to its published schema. */
// biome-ignore lint/suspicious/noExplicitAny: what a test looks at in it, it knows.
export function published(document: Document, text: string): any {
  const schema = JSON.parse(readFileSync(new URL(`../../docs/${document}.schema.json`, import.meta.url), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  const data = JSON.parse(text);
  assert.ok(validate(data), JSON.stringify(validate.errors));
  return data;
}
