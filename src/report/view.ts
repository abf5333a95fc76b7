import type { Evidence } from '../model/evidence.ts';
import type { Output } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';

/** What a report is made from: the conclusions, and the objects behind them. */
export interface View {
  report: OperatorReport;
  evidence: Evidence;
}

/** Turns a view into what people read. Pure: no clock, no terminal, no cluster. */
export type Page = (view: View) => Output;
