import type { OutputFormat } from './format.ts';
import { json } from './json.ts';
import { text } from './text.ts';
import type { Renderer } from './view.ts';
import { wide } from './wide.ts';
import { yaml } from './yaml.ts';

/** One renderer for every output format of `status`. */
export const renderers: Readonly<Record<OutputFormat, Renderer>> = { text, wide, json, yaml };
