import type { CertificateClock, Component } from '../../src/model/report.ts';

const stalled = ['installs and upgrades', 'repair of KubeVirt components', 'certificate rotation'];
const components: Component[] = [
  { name: 'virt-api', kind: 'Deployment', exists: true, desired: 2, ready: 2 },
  { name: 'virt-controller', kind: 'Deployment', exists: true, desired: 2, ready: 0 },
  { name: 'virt-handler', kind: 'DaemonSet', exists: null, desired: null, ready: null },
];
const certificates: CertificateClock = {
  renewed: false,
  until: '2026-03-01T07:34:00Z',
  first: { what: "virt-api's certificate", earliest: '2026-03-01T07:34:00Z', latest: '2026-03-02T02:46:00Z' },
  authority: { name: 'kubevirt.io@1', notBefore: '2026-02-27T03:00:00Z', notAfter: '2026-03-06T03:00:00Z' },
};
/** What an outage does of which some is known. */
export const down = { summary: '41 virtual machines keep running', runningVmis: 41, stalled, components, certificates };
