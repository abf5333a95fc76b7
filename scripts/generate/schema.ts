import { createGenerator } from 'ts-json-schema-generator';

/** The JSON Schema (draft 7) of a type of a published document, as the text of a file. */
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
