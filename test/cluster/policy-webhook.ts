// An admission webhook, started in a cluster's directory: `deny` refuses every pod, `inject` adds a container that lacks an image,
// `rename` gives each the same name. It also is a service that an image policy asks, and lets no image in.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import process from 'node:process';

const PORT = 9443;
const SIDECAR = [{ op: 'add', path: '/spec/containers/-', value: { name: 'mesh-proxy' } }];

const RENAME = [{ op: 'add', path: '/metadata/name', value: 'virt-operator-0' }];

const ANSWERS: Record<string, object> = {
  deny: { allowed: false, status: { code: 403, message: '[require-team-label] pods need a label team' } },
  inject: changed(SIDECAR),
  rename: changed(RENAME),
};

/** What kube-apiserver's ImagePolicyWebhook plugin is told (Kubernetes 1.36 api/imagepolicy/v1alpha1). */
const IMAGES = { allowed: false, reason: 'quay.io/kubevirt/virt-operator is not signed by a key that is trusted' };

const answer = ANSWERS[process.argv[2] ?? ''];
const pair = { cert: readFileSync('pki/kube-apiserver.crt'), key: readFileSync('pki/kube-apiserver.key') };

createServer(pair, (request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const { apiVersion, kind, request: review } = JSON.parse(body);
    const said = kind === 'ImageReview' ? { status: IMAGES } : { response: { uid: review.uid, ...answer } };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ apiVersion, kind, ...said }));
  });
}).listen(PORT, '127.0.0.1', () => console.log('listening'));

function changed(patch: object): object {
  return { allowed: true, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') };
}
