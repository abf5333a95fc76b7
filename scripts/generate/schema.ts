import { createGenerator } from 'ts-json-schema-generator';

/** The text of a schema in docs/: the JSON Schema (draft 7) of what `-o json` prints, from the type of that name. */
export function schemaOf(type: string, path: string, tsconfig: string): string {
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
