import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { crashingPod, diagnosisOf, installed, unreadyPod, without } from './outage.ts';

const test = suite('every wording of an operator that ended');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
const API = 'Get "https://10.96.0.1:443/api?timeout=32s": dial tcp 10.96.0.1:443: ';
const ACCOUNT = 'User "system:serviceaccount:kubevirt:kubevirt-operator"';

/** What is left of the log, with the exit code (KubeVirt 1.0 to 1.9, client-go, Go). */
const LOGS: Record<string, [number, string][]> = {
  'crash-api-unreachable': [
    'Error determining cluster type',
    'Error checking for ServiceMonitor',
    'Error checking for PrometheusRule',
    'Error checking for ValidatingAdmissionPolicyBinding',
    'Error checking for ValidatingAdmissionPolicy',
  ]
    .flatMap((what) =>
      ['i/o timeout', 'connect: connection refused', 'connect: no route to host'].map((tail): [number, string] => [
        1,
        `2026/03/01 02:58:00 ${what}: ${API}${tail}`,
      ]),
    )
    .concat(
      // Whatever Go says of a call that got no answer of the API server, on IPv6, through a proxy or behind a network policy.
      [
        'dial tcp 10.96.0.1:443: connect: operation not permitted',
        'dial tcp 10.96.0.1:443: connect: permission denied',
        'dial tcp [fd02::1]:443: connect: no route to host',
        'dial tcp [fd02::1]:443: connect: cannot assign requested address',
        'dial tcp: lookup kubernetes.default.svc on 10.96.0.10:53: server misbehaving',
        'proxyconnect tcp: dial tcp: lookup proxy.example.com on 10.96.0.10:53: no such host',
        'Service Unavailable',
        'Forbidden',
        'EOF',
        'read tcp 10.244.0.7:40112->10.96.0.1:443: read: connection reset by peer',
        'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
        'context deadline exceeded',
        'http2: client connection lost',
      ].flatMap((tail): [number, string][] => [
        [1, `Error determining cluster type: Get "https://10.96.0.1:443/api?timeout=32s": ${tail}`],
        [
          1,
          `I0921 14:33:17.102400 1 application.go:164] Error determining cluster type: Get https://10.96.0.1:443/api?timeout=32s: ${tail}`,
        ],
      ]),
    ),
  'crash-rbac': [
    [
      1,
      `customresourcedefinitions.apiextensions.k8s.io is forbidden: ${ACCOUNT} cannot list resource "customresourcedefinitions" in API group "apiextensions.k8s.io" at the cluster scope`,
    ],
    [
      1,
      `W0301 02:58:00.000000 1 reflector.go:569] k8s.io/client-go/informers: failed to list *v1.ConfigMap: configmaps is forbidden: ${ACCOUNT} cannot list resource "configmaps" in API group "" in the namespace "kubevirt"`,
    ],
    [
      1,
      `E0301 error retrieving resource lock kubevirt/virt-operator: leases.coordination.k8s.io "virt-operator" is forbidden: ${ACCOUNT} cannot get resource "leases" in API group "coordination.k8s.io" in the namespace "kubevirt"\nF0301 leaderelection lost`,
    ],
    ...['watch', 'create', 'update', 'patch', 'delete'].map((verb): [number, string] => [
      1,
      `x is forbidden: ${ACCOUNT} cannot ${verb} resource "x" in API group "" at the cluster scope`,
    ]),
    [
      1,
      `E0301 02:58:00.000000 1 reflector.go:200] "Failed to watch" err="failed to list *v1.ConfigMap: configmaps is forbidden: User \\"system:serviceaccount:kubevirt:kubevirt-operator\\" cannot list resource \\"configmaps\\" in API group \\"\\" in the namespace \\"kubevirt\\"" logger="UnhandledError" type="*v1.ConfigMap"`,
    ],
    [1, 'Error determining cluster type: Unauthorized'],
    [1, 'Error determining cluster type: the server has asked for the client to provide credentials'],
  ],
  'crash-panic': [
    [
      2,
      'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1]\n\ngoroutine 412 [running]:',
    ],
    [2, '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]\n\ngoroutine 412 [running]:'],
    [2, 'panic: unreachable\n\ngoroutine 1 [running]:'],
    [2, 'panic: listen tcp :8444: bind: address already in use\n\ngoroutine 7 [running]:'],
    [2, 'goroutine 412 [running]:\nkubevirt.io/kubevirt/pkg/virt-operator.x()'],
    [2, 'fatal error: concurrent map writes\n\ngoroutine 7 [running]:'],
    [2, 'runtime: failed to create new OS thread (have 3 already; errno=11)\nfatal error: newosproc\n\nruntime stack:'],
    [2, 'SIGILL: illegal instruction\nPC=0x1 m=0 sigcode=2\n\ngoroutine 1 [running]:'],
  ],
  'leader-election-lost': [
    [
      1,
      'E0301 failed to renew lease kubevirt/virt-operator: timed out waiting for the condition\n{"level":"info","msg":"leaderelection lost"}',
    ],
    [
      1,
      'error retrieving resource lock kubevirt/virt-operator: Get "https://10.96.0.1:443/apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-operator?timeout=5s": context deadline exceeded\nleaderelection lost',
    ],
    [1, 'leaderelection lost'],
    [
      1,
      'E0301 02:58:00.000000 1 leaderelection.go:441] "Failed to update lease" err="Put \\"https://10.96.0.1:443/x\\": context deadline exceeded"\nleaderelection lost',
    ],
    [
      1,
      'E0301 02:58:00.000000 1 leaderelection.go:452] "Error retrieving lease lock" err="x" lock="kubevirt/virt-operator"',
    ],
  ],
  'missing-image-env': [
    [1, "cannot find virt-operator's image"],
    [1, "Error getting operator's image: cannot find virt-operator's image"],
    [1, "Error getting operator's image: the pod has no such container"],
  ],
  'startup-misc-fatal': [
    [1, 'Error setting up metrics: duplicate metrics collector registration attempted'],
    [1, 'failed to register leader metrics: x'],
    [1, 'unable to get hostname: x'],
    [
      1,
      'Error searching for namespace: failed to determine namespace from /var/run/secrets/kubernetes.io/serviceaccount/namespace',
    ],
    [
      1,
      'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable',
    ],
    [1, 'listen tcp :8443: bind: address already in use'],
    [2, 'unknown flag: --x'],
    [2, 'flag provided but not defined: -x'],
    [2, "unknown shorthand flag: 'x' in -x"],
    [1, 'open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory'],
    [1, 'open /var/run/secrets/kubernetes.io/serviceaccount/token: permission denied'],
    [
      1,
      `Error determining cluster type: ${'Get "https://10.96.0.1:443/api": '}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    ],
    ...['is before', 'is after'].map((when): [number, string] => [
      1,
      `Error determining cluster type: Get "https://10.96.0.1:443/api": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time X ${when} Y`,
    ]),
    [1, 'Error determining cluster type: Get "https://10.96.0.1:443/api": x509: certificate is valid for a, not b'],
  ],
  'api-version-skew': [
    [1, 'no matches for kind "PodDisruptionBudget" in version "policy/v1beta1"'],
    [1, 'Error: the server could not find the requested resource'],
    [
      1,
      'failed to list *v1beta1.PodDisruptionBudget: the server could not find the requested resource (get poddisruptionbudgets.policy)',
    ],
  ],
  'exec-format-error': [
    [255, 'exec /usr/bin/virt-operator: exec format error'],
    [1, 'standard_init_linux.go:228: exec user process caused: exec format error'],
  ],
  'exit0-restart': [
    [0, '{"msg":"Reinitialize virt-operator, ServiceMonitor has been introduced"}'],
    [0, 'Reinitialize virt-operator, PrometheusRule has been removed'],
    [0, 'Reinitialize virt-operator, PrometheusRule has been introduced'],
    [0, 'Reinitialize virt-operator, ServiceMonitor has been removed'],
  ],
};

for (const [code, logs] of Object.entries(LOGS)) {
  test(`${code}: every log`, async () => {
    for (const [exitCode, message] of logs) {
      const reason = exitCode === 0 ? 'Completed' : 'Error';
      const { causes } = await diagnosisOf([...noPods, crashingPod(POD, { exitCode, reason, message })]);
      assert.is(causes[0]?.code, code, message);
      const missing = code === 'missing-image-env' && causes[0]?.confidence === 'certain';
      assert.ok(missing || causes[0]?.confidence === 'likely', `${message}: ${causes[0]?.confidence}`);
    }
  });
}

/** Reasons by which the runtime, the kubelet or a shell say that the program was never run. */
const ENDS: [string, object][] = [
  [
    'exec-not-found',
    {
      exitCode: 128,
      reason: 'StartError',
      message:
        'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "virt-operator": executable file not found in $PATH: unknown',
    },
  ],
  [
    'exec-not-found',
    {
      exitCode: 127,
      reason: 'ContainerCannotRun',
      message:
        'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "virt-operator": executable file not found in $PATH',
    },
  ],
  [
    'exec-not-found',
    {
      exitCode: 127,
      message:
        'virt-operator: error while loading shared libraries: libx.so.1: cannot open shared object file: No such file or directory',
    },
  ],
  ['exec-format-error', { exitCode: 127, message: 'Fatal glibc error: CPU does not support x86-64-v2\n' }],
  ['exec-format-error', { exitCode: 127, message: 'Fatal glibc error: cpu does not support x86-64-v3\n' }],
  ...[
    'cannot change memory protections',
    'cannot apply additional memory protection after relocation: Permission denied',
  ].map((tail): [string, object] => [
    'exec-permission-denied',
    { exitCode: 127, message: `virt-operator: error while loading shared libraries: libc.so.6: ${tail}` },
  ]),
  [
    'create-container-error',
    {
      exitCode: 128,
      reason: 'StartError',
      message:
        'runc create failed: unable to start container process: waiting for init preliminary setup: read init-p: connection reset by peer: unknown',
    },
  ],
  ['exec-permission-denied', { exitCode: 126, reason: 'Error', message: '' }],
  [
    'exec-permission-denied',
    {
      exitCode: 128,
      reason: 'StartError',
      message:
        'runc create failed: unable to start container process: exec: "/usr/bin/virt-operator": permission denied: unknown',
    },
  ],
];

for (const [code, ended] of ENDS) {
  test(`${code}: ${JSON.stringify(ended).slice(0, 60)}`, async () => {
    assert.is((await diagnosisOf([...noPods, crashingPod(POD, ended)])).causes[0]?.code, code);
  });
}

test('a proxy between the operator and the API server is named, and no pod network', async () => {
  const told = 'Error determining cluster type: Get "https://10.96.0.1:443/api?timeout=32s": ';
  for (const [tail, proxied] of [
    ['Forbidden', true],
    ['Service Unavailable\n', true],
    ['proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused', true],
    ['EOF', false],
    ['dial tcp 10.96.0.1:443: i/o timeout', false],
  ] as const) {
    const { causes } = await diagnosisOf([...noPods, crashingPod(POD, { message: `${told}${tail}` })]);
    assert.is(/through a proxy/.test(causes[0]?.title ?? ''), proxied, tail);
    assert.is(causes[0]?.mitigation?.action, proxied ? 'bypass-proxy' : 'repair-pod-network', tail);
  }
});

test('calls that ended because the operator itself ended, that are made again, and those to webhooks, say nothing of the API server', async () => {
  for (const message of [
    'Get "https://10.96.0.1:443/apis/kubevirt.io/v1/kubevirts": context canceled',
    'failed calling webhook "w": failed to call webhook: Post "https://svc.ns.svc:443/apis/x": EOF',
    'W0301 reflector.go:561] failed to list *v1.KubeVirt: Get "https://10.96.0.1:443/apis/kubevirt.io/v1/kubevirts": EOF\na last line that nobody knows',
    'E0301 02:58:00.000000 1 reflector.go:200] "Failed to watch" err="Get \\"https://10.96.0.1:443/apis/kubevirt.io/v1/kubevirts\\": EOF"',
  ]) {
    const { causes } = await diagnosisOf([...noPods, crashingPod(POD, { message })]);
    assert.is(causes[0]?.code, 'crash-unexplained', message);
  }
});

test('a container that waits or was started again has ended before, also where its pod has lost how', async () => {
  for (const state of [
    { waiting: { reason: 'CrashLoopBackOff' } },
    { running: { startedAt: '2026-03-01T02:59:50Z' } },
  ]) {
    const { causes } = await diagnosisOf([...noPods, unreadyPod(POD, { restartCount: 5, state })]);
    assert.equal(
      causes.map(({ code }) => code),
      ['crash-unexplained'],
    );
  }
});

test('without a role binding pods end, but not of their memory or a panic', async () => {
  const unbound = without(noPods, 'ClusterRoleBinding/kubevirt-operator');
  for (const [terminated, code] of [
    [{ exitCode: 137, reason: 'OOMKilled', message: '' }, 'oom-node'],
    [
      { exitCode: 2, message: 'panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.x()' },
      'crash-panic',
    ],
    [{ exitCode: 1, message: 'words that nobody knows' }, 'crash-rbac'],
  ] as const) {
    const { causes } = await diagnosisOf([...unbound, crashingPod(POD, terminated)]);
    assert.is(causes[0]?.code, code);
  }
});

test.run();
