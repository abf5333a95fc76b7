import type { Output } from '../model/line.ts';
import type { Format } from './flags/output-flag.ts';

/** Data as a document for programs; null where the format is one for people. */
export async function dataDocument(data: object, { output, template }: Format): Promise<Output | null> {
  if (output === 'yaml') return (await import('../report/yaml.ts')).yamlDocument(data);
  if (output === 'jsonpath') return (await import('../report/jsonpath/jsonpath.ts')).jsonPathDocument(data, template);
  return output === 'json' ? (await import('../report/json.ts')).jsonDocument(data) : null;
}
