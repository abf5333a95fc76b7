import type { Output } from '../model/line.ts';
import type { OutputFormat } from '../report/format.ts';

/** Data as a document for programs; null where the format is one for people. */
export async function dataDocument(data: object, format: OutputFormat): Promise<Output | null> {
  if (format === 'yaml') return (await import('../report/yaml.ts')).yamlDocument(data);
  return format === 'json' ? (await import('../report/json.ts')).jsonDocument(data) : null;
}
