import { makeCertificate } from '../../helpers/certificate.ts';
import { kubectl } from '../kubectl.ts';
import type { Scenario } from '../scenario.ts';
import scaledToZero from './deployment-scaled-to-zero.ts';

/** While the operator was down, somebody put back an old APIService and an old webhook from a backup: with the authority of then. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-scaled-to-zero' },
  async break(cluster) {
    await scaledToZero.break(cluster);
    const { certificate } = makeCertificate('kubevirt.io@1700000000', 'DNS:kubevirt.io', -1);
    const value = Buffer.from(certificate).toString('base64');
    const replace = (path: string) => `--patch=${JSON.stringify([{ op: 'replace', path, value }])}`;
    const webhook = ['validatingwebhookconfiguration', 'virt-operator-validator'];
    await kubectl(cluster, ['patch', ...webhook, '--type=json', replace('/webhooks/0/clientConfig/caBundle')]);
    const api = ['apiservice', 'v1.subresources.kubevirt.io'];
    await kubectl(cluster, ['patch', ...api, '--type=json', replace('/spec/caBundle')]);
  },
} satisfies Scenario;
