import { createGenerator } from 'ts-json-schema-generator';

/** The JSON Schema (draft 7) of a document that `-o json` prints: the exported type of that name, in that file. */
export function documentSchema(path: string, type: string, tsconfig: string): string {
  const generator = createGenerator({
    path,
    tsconfig,
    type,
    additionalProperties: false,
    skipTypeCheck: true,
    topRef: false,
    sortProps: false,
  });
  const schema = { ...generator.createSchema(type), title: `${type} (virtop/v1)` };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
