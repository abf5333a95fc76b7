import type { OperatorReport } from './report.ts';

/** What `status --contexts -o json` and `-o yaml` print; its schema is docs/fleet.schema.json. */
export interface FleetReport {
  apiVersion: 'virtop/v1';
  kind: 'FleetReport';
  readAt: string;
  /** One for each context that was asked, in that order, also for one that gave no answer: `cluster.context` says which. */
  clusters: OperatorReport[];
}
