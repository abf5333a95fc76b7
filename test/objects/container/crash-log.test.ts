import * as assert from 'uvu/assert';
import { type LogClass, lastWords } from '../../../src/objects/container/crash-log.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('last words');
const API = 'Get "https://10.96.0.1:443/api?timeout=32s"';
const LOCK = 'E0301 leaderelection.go:332] error retrieving resource lock kubevirt/virt-operator: ';

/** What virt-operator, Go and the kernel write before the end (KubeVirt v1.0 to v1.9). */
const words: Record<LogClass, string[]> = {
  'crash-api-unreachable': [
    `Error determining cluster type: ${API}: dial tcp 10.96.0.1:443: i/o timeout`,
    `Error determining cluster type: ${API}: dial tcp 10.96.0.1:443: connect: connection refused`,
    `Error checking for ServiceMonitor: ${API}: dial tcp 10.96.0.1:443: connect: no route to host`,
    `Error checking for ValidatingAdmissionPolicy: ${API}: net/http: TLS handshake timeout`,
  ],
  'crash-rbac': [
    'E0301 x.go:1] pods is forbidden: User "system:serviceaccount:kubevirt:kubevirt-operator" cannot list resource "pods" in API group ""',
    'Error determining cluster type: Unauthorized',
    `${LOCK}leases.coordination.k8s.io "virt-operator" is forbidden: User "system:serviceaccount:kubevirt:kubevirt-operator" cannot get resource\nleaderelection lost`,
  ],
  'leader-election-lost': [
    'leaderelection lost',
    'I0301 leaderelection.go:297] failed to renew lease kubevirt/virt-operator: timed out waiting for the condition\nleaderelection lost',
    `${LOCK}${API}: context deadline exceeded\n{"level":"fatal","msg":"leaderelection lost"}`,
    `${LOCK}${API}: dial tcp 10.96.0.1:443: connect: connection refused\nleaderelection lost`,
  ],
  'missing-image-env': [
    "cannot find virt-operator's image",
    "Error getting operator's image: operator pod not found",
    '{"component":"virt-operator","level":"fatal","msg":"cannot find virt-operator\'s image"}',
  ],
  'crash-panic': [
    'panic: unreachable',
    'panic: listen tcp :8444: bind: address already in use\n\ngoroutine 1 [running]:\nmain.main()',
    'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1]',
    'fatal error: concurrent map writes',
    'main.main()\n\ngoroutine 7 [running]:\nkubevirt.io/kubevirt/pkg/x.Y()\n\t/x.go:1',
  ],
  'api-version-skew': [
    'panic-free: no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"',
    'Error checking for PrometheusRule: the server could not find the requested resource',
    'failed to list *v1beta1.PodDisruptionBudget: the server could not find the requested resource (get poddisruptionbudgets.policy)',
  ],
  'startup-misc-fatal': [
    'Error setting up metrics: x',
    'unable to get hostname: x',
    'Error searching for namespace: failed to determine namespace from /var/run/secrets/kubernetes.io/serviceaccount/namespace',
    'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable',
    'failed to register leader metrics: x',
    'listen tcp :8443: bind: address already in use',
    'Usage of virt-operator:\nunknown flag: --new',
    `Error determining cluster type: ${API}: x509: certificate signed by unknown authority`,
  ],
  'exec-format-error': [
    'exec /usr/bin/virt-operator: exec format error',
    'standard_init_linux.go:228: exec user process caused: exec format error',
  ],
};

for (const [kind, logs] of Object.entries(words)) {
  for (const log of logs) test(`${kind}: ${log}`, () => assert.is(lastWords(log)?.kind, kind));
}

test('a program ends right after it says why: the last known line counts', () => {
  const warning = `W0301 reflector.go:1] failed to list: ${API}: dial tcp 10.96.0.1:443: connect: connection refused`;
  assert.is(lastWords(`${warning}\npanic: unreachable`)?.kind, 'crash-panic');
  assert.is(lastWords(`panic-free\n${warning}\nsomething else`)?.kind, 'crash-api-unreachable');
});

test('of a JSON line what it says is shown', () => {
  const line = '{"level":"error","msg":"cannot start","reason":"leaderelection lost"}';
  assert.is(lastWords(line)?.line, 'cannot start: leaderelection lost');
});

test('what nobody knows is not understood', () => {
  for (const log of [
    '',
    'hello',
    'failed calling webhook "x": dial tcp 1.2.3.4:443: i/o timeout',
    'failed calling webhook "x": x509: certificate signed by unknown authority',
    'conversion webhook for x failed: Post "https://x": x509: certificate has expired or is not yet valid',
  ]) {
    assert.is(lastWords(log), null);
  }
});

test("an API of KubeVirt's own that is not served is no matter of versions", () => {
  assert.is(lastWords('no matches for kind "KubeVirt" in version "kubevirt.io/v1"'), null);
  assert.is(lastWords('the server could not find the requested resource (get kubevirts.kubevirt.io)'), null);
});

test.run();
