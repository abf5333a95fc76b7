import { createRequire } from 'node:module';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

type Shapes = Record<string, Record<string, string>>;

interface Attribute {
  baseName: string;
  type: string;
}

/** The client library's classes, each with the names and types of its fields. */
const classes: Record<string, { getAttributeTypeMap?(): Attribute[] } | undefined> = createRequire(import.meta.url)(
  '@kubernetes/client-node',
);

/** A type of src/model/kubernetes.ts that stands for a class of the client library: `Raw<V1Pod>`. */
const RAW = /^Raw<(\w+)>$/;
const PLAIN: Record<string, string> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  Date: 'time',
  V1MicroTime: 'time',
  IntOrString: 'any',
  any: 'any',
};
/** What is counted from 0 on. */
const COUNTS = /(?:replicas|count|generation|leaseDurationSeconds)$/i;

/** The text of src/kube/read/shapes.ts: what each field of every object that is read must be, by the types of `path`. */
export function shapesFile(path: string, tsconfig: string): string {
  const generator = createGenerator({ path, tsconfig, type: 'EvidenceValues', skipTypeCheck: true });
  const definitions = (generator.createSchema('EvidenceValues').definitions ?? {}) as Record<string, Schema>;
  const shapes: Shapes = {};
  const reads = Object.entries(definitions.EvidenceValues?.properties ?? {}).map(([key, schema]) => {
    const shape = shapeOf(schema as Schema, definitions, shapes, `Read${key}`);
    return [key, shape.replace(/^\[\]/, '')] as const;
  });
  return [
    '// Generated from src/model/evidence.ts by `npm run generate`: do not edit.',
    "import type { ReadKey } from '../../model/evidence.ts';",
    '',
    '/**',
    ' * What each field must be: `text`, `time`, `number`, `count` (from 0 on), `boolean`, `any`, or a shape by name; `[]` before it: a list of',
    ' * them, `{}`: a map to them, `|` between two: the object says by its `kind` which.',
    ' */',
    'export const SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
    ...Object.keys(shapes)
      .sort()
      .map((name) => `  ${name}: ${JSON.stringify(shapes[name])},`),
    '};',
    '',
    '/** The shape of what each read brings; of a list, that of its items. */',
    'export const READ_SHAPES: Readonly<Record<ReadKey, string>> = {',
    ...reads.map(([key, shape]) => `  ${key}: '${shape}',`),
    '};',
    '',
  ].join('\n');
}

/** The shape that a JSON Schema describes; objects are put into `shapes`, under `name` where they have none of their own. */
function shapeOf(schema: Schema, definitions: Record<string, Schema>, shapes: Shapes, name: string): string {
  const { $ref, anyOf, type, items, properties } = schema;
  if ($ref) return refShape(decodeURIComponent($ref.replace('#/definitions/', '')), definitions, shapes);
  if (anyOf) {
    const some = (anyOf as Schema[]).filter((one) => one.type !== 'null');
    return some.map((one) => shapeOf(one, definitions, shapes, name)).join('|');
  }
  const [word] = [type].flat().filter((one) => one !== 'null');
  if (word === 'array') return `[]${shapeOf(items as Schema, definitions, shapes, name)}`;
  if (word === 'object' && properties) {
    shapes[name] = Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => {
        const shape = shapeOf(inner as Schema, definitions, shapes, `${name}${key[0]?.toUpperCase()}${key.slice(1)}`);
        return [key, withCounts(key, shape)];
      }),
    );
    return name;
  }
  return PLAIN[word ?? 'any'] ?? 'any';
}

function refShape(name: string, definitions: Record<string, Schema>, shapes: Shapes): string {
  const raw = RAW.exec(name)?.[1];
  if (raw !== undefined) return classShape(raw, shapes);
  const schema = definitions[name];
  if (!schema) throw new Error(`src/model/evidence.ts: no type ${name}`);
  return shapes[name] ? name : shapeOf(schema, definitions, shapes, name);
}

function classShape(name: string, shapes: Shapes): string {
  const short = name.replace(/^(?:Core)?V\d+(?:(?:alpha|beta)\d+)?/, '');
  const fields = classes[name]?.getAttributeTypeMap?.();
  if (!fields) throw new Error(`src/model/kubernetes.ts: ${name} is no class of the client library`);
  if (shapes[short]) return short;
  const own: Record<string, string> = {};
  shapes[short] = own;
  for (const { baseName, type } of fields) own[baseName] = withCounts(baseName, attributeShape(type, shapes));
  return short;
}

function attributeShape(type: string, shapes: Shapes): string {
  const item = /^Array<(.+)>$/.exec(type)?.[1];
  if (item) return `[]${attributeShape(item, shapes)}`;
  const value = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (value) return `{}${attributeShape(value, shapes)}`;
  return PLAIN[type] ?? classShape(type, shapes);
}

function withCounts(field: string, shape: string): string {
  return shape === 'number' && COUNTS.test(field) ? 'count' : shape;
}
