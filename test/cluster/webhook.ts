import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Cluster } from './cluster.ts';
import { create, waitUntil } from './kubectl.ts';
import { start } from './processes.ts';

const PROCESS = 'policy-webhook';
const KINDS = {
  deny: 'ValidatingWebhookConfiguration',
  inject: 'MutatingWebhookConfiguration',
  rename: 'MutatingWebhookConfiguration',
};

/** Starts a real admission webhook that denies every new pod outside kube-system, or breaks each by what it changes. */
export async function startPodWebhook(cluster: Cluster, does: keyof typeof KINDS, name: string): Promise<void> {
  await startPolicyServer(cluster, does);
  const caBundle = readFileSync(join(cluster.directory, 'pki', 'ca.crt')).toString('base64');
  await create(cluster, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: KINDS[does],
    metadata: { name: PROCESS },
    webhooks: [
      {
        name,
        clientConfig: { url: 'https://127.0.0.1:9443/', caBundle },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
        },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  });
}

/** Starts what is asked, without telling the API server to ask it. */
export async function startPolicyServer(cluster: Cluster, does: keyof typeof KINDS): Promise<void> {
  start(cluster, PROCESS, process.execPath, [fileURLToPath(import.meta.resolve('./policy-webhook.ts')), does]);
  await waitUntil('the webhook listens', 30, async () =>
    readFileSync(join(cluster.directory, 'log', PROCESS), 'utf8').includes('listening'),
  );
}
