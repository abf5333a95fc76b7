import { kubectl, patch, waitUntil } from '../kubectl.ts';
import type { Scenario } from '../scenario.ts';

const CRD = ['crd', 'kubevirts.kubevirt.io'];
const READ = ['get', 'kubevirts.v1.kubevirt.io', '-A'];

/** The resource is stored in the old version, and who converts it is gone: the leader goes on with what it knows. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'kubevirt-crd-broken' },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'validatingwebhookconfiguration', 'virt-operator-validator']);
    const old = '/spec/versions';
    const swapped = [
      { op: 'replace', path: `${old}/0/storage`, value: false },
      { op: 'replace', path: `${old}/1/storage`, value: true },
    ];
    await kubectl(cluster, ['patch', ...CRD, '--type=json', '-p', JSON.stringify(swapped)]);
    await waitUntil('the resource is stored in the other version', 30, async () => {
      await kubectl(cluster, ['annotate', 'kubevirt', 'kubevirt', '-n', 'kubevirt', `at=${Date.now()}`, '--overwrite']);
      const stored = ['get', ...CRD, '-o', 'jsonpath={.status.storedVersions}'];
      return (await kubectl(cluster, stored)).includes('v1alpha3');
    });
    const service = { namespace: 'kubevirt', name: 'kubevirt-conversion', path: '/convert' };
    const webhook = { clientConfig: { service }, conversionReviewVersions: ['v1'] };
    await patch(cluster, CRD, { spec: { conversion: { strategy: 'Webhook', webhook } } });
    await waitUntil('the resource cannot be read', 30, () =>
      kubectl(cluster, READ).then(
        () => false,
        (error) => String(error).includes('conversion webhook'),
      ),
    );
  },
} satisfies Scenario;
