/** Pages for people. */
export const PAGE_FORMATS = ['text', 'wide'] as const;
/** What is made of the published document alone. */
export const REPORT_FORMATS = ['json', 'yaml', 'name', 'markdown', 'junit', 'jsonpath'] as const;
export const OUTPUT_FORMATS = [...PAGE_FORMATS, ...REPORT_FORMATS] as const;

export type PageFormat = (typeof PAGE_FORMATS)[number];
export type ReportFormat = (typeof REPORT_FORMATS)[number];
export type OutputFormat = PageFormat | ReportFormat;

/** What every command offers that has a document. */
export const DOCUMENT_FORMATS = ['text', 'json', 'yaml', 'jsonpath'] as const;
/** The same, with a wider page. */
export const WIDE_FORMATS = ['text', 'wide', 'json', 'yaml', 'jsonpath'] as const;

/** Whether a format is a page for people. */
export function isPage(format: OutputFormat): format is PageFormat {
  return PAGE_FORMATS.some((one) => one === format);
}
