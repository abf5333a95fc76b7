import type { Alert, OperatorReport, Verdict } from './report.ts';

/** One alert, with what its expression sees now. */
export interface AlertItem extends Alert {
  /** `critical` or `warning`, as the rule says it. */
  severity: string;
  /** How many minutes the expression must hold before the alert fires. */
  forMinutes: number;
  /** PromQL, as the installed version or the cluster's own rule has it; null when neither is known. */
  expression: string | null;
  /** Silent although what it stands for is so. */
  falseSilence: boolean;
  /** What the expression sees now, and why that is false where it is. */
  why: string;
}

/** What `alerts -o json` and `-o yaml` print; its schema is docs/alert-list.schema.json. `null` is "unknown". */
export interface AlertList {
  apiVersion: 'virtop/v1';
  kind: 'AlertList';
  readAt: string;
  verdict: Verdict;
  items: AlertItem[];
  /** From what the expressions are known: the cluster's PrometheusRule, the installed version, or what all versions have in common; `none`: no rule exists. */
  decidedBy: 'PrometheusRule' | 'version' | 'allVersions' | 'none';
  operator: Pick<OperatorReport['operator'], 'namespace' | 'version'>;
  cluster: OperatorReport['cluster'];
}
