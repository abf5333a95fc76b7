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

/** A part of KubeVirt that works for virtual machines; `null` is not known. */
export interface Component {
  name: 'virt-api' | 'virt-controller' | 'virt-handler';
  kind: 'Deployment' | 'DaemonSet';
  exists: boolean | null;
  desired: number | null;
  ready: number | null;
}

/** Until when certificates last that nobody renews. Times are RFC 3339; `null` is not known. */
export interface CertificateClock {
  /** Whether a leading virt-operator renews them now. */
  renewed: boolean | null;
  /** Nothing expires before; null also while they are renewed. */
  until: string | null;
  /** What expires first. Its own end is in a Secret, which is not read: it lies between `earliest` and `latest`. */
  first: { what: string; earliest: string; latest: string } | null;
  /** The authority that signs now. */
  authority: { name: string; notBefore: string; notAfter: string } | null;
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
  /** What the causes do not account for, such as `pod virt-operator-x`; only where there are causes, and not for all. */
  unexplained?: string;
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
    components: Component[];
    certificates: CertificateClock | null;
  };
  cluster: Evidence['cluster'] & { version: string | null };
}
