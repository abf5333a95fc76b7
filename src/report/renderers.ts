import type { Output } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import type { PageFormat, ReportFormat } from './format.ts';
import { jsonDocument } from './json.ts';
import { jsonPathDocument } from './jsonpath/jsonpath.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { name } from './name.ts';
import { text } from './text.ts';
import type { Page } from './view.ts';
import { wide } from './wide.ts';
import { yamlDocument } from './yaml.ts';

/** One page for every format of `status` that people read on a terminal. */
export const pages: Readonly<Record<PageFormat, Page>> = { text, wide };

/** One renderer for every other format; `template` is what follows `jsonpath=`. */
export const documents: Readonly<Record<ReportFormat, (report: OperatorReport, template: string) => Output>> = {
  json: jsonDocument,
  yaml: yamlDocument,
  name,
  markdown,
  junit,
  jsonpath: jsonPathDocument,
};
