import type { Evidence, FoundBy } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Right } from './request.ts';

export type Verdict = 'healthy' | 'degraded' | 'down' | 'incomplete' | 'notInstalled';

/** A read that was refused or failed, and what that leaves open. */
export interface NotChecked {
  what: string;
  why: string;
  needs: Right | null;
}

export interface Alert {
  name: string;
  state: 'firing' | 'pending' | 'inactive' | 'unknown';
  since: string | null;
  falsePositive: boolean;
}

export interface Leader {
  holder: string;
  renewTime: string | null;
  alive: boolean;
}

/** The published document: `-o json` and `-o yaml` print it, its schema is docs/report.schema.json. `null` is "unknown". */
export interface OperatorReport {
  apiVersion: 'virtop/v1';
  kind: 'OperatorReport';
  readAt: string;
  verdict: Verdict;
  causes: Finding[];
  findings: Finding[];
  notChecked: NotChecked[];
  alerts: Alert[];
  operator: {
    namespace: string | null;
    name: string | null;
    foundBy: FoundBy | null;
    version: string | null;
    desired: number | null;
    ready: number | null;
    running: number | null;
    leader: Leader | null;
  };
  impact: {
    summary: string;
    runningVmis: number | null;
    stalled: string[];
  };
  cluster: Evidence['cluster'] & { version: string | null };
}
