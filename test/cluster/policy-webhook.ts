// An admission webhook, started in a cluster's directory: `deny` refuses every pod, `inject` adds a container that lacks an image.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import process from 'node:process';

const PORT = 9443;
const SIDECAR = [{ op: 'add', path: '/spec/containers/-', value: { name: 'mesh-proxy' } }];

const ANSWERS: Record<string, object> = {
  deny: { allowed: false, status: { code: 403, message: '[require-team-label] pods need a label team' } },
  inject: { allowed: true, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(SIDECAR)).toString('base64') },
};

const answer = ANSWERS[process.argv[2] ?? ''];
const pair = { cert: readFileSync('pki/kube-apiserver.crt'), key: readFileSync('pki/kube-apiserver.key') };

createServer(pair, (request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const { apiVersion, kind, request: review } = JSON.parse(body);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ apiVersion, kind, response: { uid: review.uid, ...answer } }));
  });
}).listen(PORT, '127.0.0.1', () => console.log('listening'));
