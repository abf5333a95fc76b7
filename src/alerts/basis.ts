import type { AlertList } from '../model/alert-list.ts';
import { isAtLeast } from '../objects/meta/version.ts';
import { type Definitions, everyVersion, ofRule, ofVersion } from './definitions.ts';
import type { AlertInput } from './input.ts';

/** From what the expressions are known, and what they are: one reading, or one of each version. */
export interface Basis {
  decidedBy: AlertList['decidedBy'];
  readings: Definitions[];
  /** Why no alert can fire. */
  silence: string | null;
}

/** The cluster's own rule decides; without it the installed version; without either only what all versions say. */
export function basisOf({ isInstalled, version, monitoring }: AlertInput): Basis {
  const { prometheusRules } = monitoring;
  const [rule] = prometheusRules ?? [];
  // KubeVirt 2 does not exist: products have numbers of their own.
  const known = isAtLeast(version, '2.0.0') === false;
  const assumed = known && version !== null ? [ofVersion(version)] : everyVersion();
  if (!isInstalled) return { decidedBy: 'none', readings: assumed, silence: 'KubeVirt is not installed' };
  if (rule) return { decidedBy: 'PrometheusRule', readings: [ofRule(rule)], silence: null };
  // Where PrometheusRules are not served at all, a Prometheus elsewhere may have KubeVirt's rules.
  if (prometheusRules?.length === 0) {
    const silence = 'PrometheusRule prometheus-kubevirt-rules does not exist';
    return { decidedBy: 'none', readings: assumed, silence };
  }
  return { decidedBy: known ? 'version' : 'allVersions', readings: assumed, silence: null };
}
