import { createGenerator } from 'ts-json-schema-generator';

/** The text of docs/report.schema.json: the JSON Schema (draft 7) of what `-o json` prints. */
export function reportSchema(path: string, tsconfig: string): string {
  const generator = createGenerator({
    path,
    tsconfig,
    type: 'OperatorReport',
    additionalProperties: false,
    skipTypeCheck: true,
    topRef: false,
    sortProps: false,
  });
  const schema = { ...generator.createSchema('OperatorReport'), title: 'OperatorReport (virtop/v1)' };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
