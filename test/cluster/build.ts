import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cachedOnce, contentKey, filesIn, HERE, isCached } from './cache.ts';
import { go, goBuild, output } from './go.ts';
import { step } from './progress.ts';

/** The built programs: `bin/`, kwok's own stages in `stages/`, and KubeVirt's release manifest. */
export interface Binaries {
  key: string;
  directory: string;
}

export const KUBERNETES_VERSION = requiredVersion('kubernetes', 'k8s.io/kubernetes');
export const KUBEVIRT_VERSION = requiredVersion('kubevirt', 'kubevirt.io/kubevirt');
export const OPERATOR_IMAGE = `quay.io/kubevirt/virt-operator:${KUBEVIRT_VERSION}`;

/** kwok's stages for nodes that are well and pods that start, run and end well (kwok v0.8.0 kustomize/stage). */
const KWOK_STAGES = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-complete.yaml',
  'pod/fast/pod-delete.yaml',
];

/** Builds etcd, Kubernetes, kwok and KubeVirt's operator from their Go modules, once per content of go/. */
export async function build(): Promise<Binaries> {
  const key = buildKey();
  const directory = await cachedOnce(key, async (draft) => {
    mkdirSync(join(draft, 'bin'));
    await step(`Building Kubernetes ${KUBERNETES_VERSION} (once, 5 minutes on 2 cores)`, () => buildKubernetes(draft));
    await step('Building kwok (once, 1 minute)', () => buildKwok(draft));
    await step(`Building virt-operator ${KUBEVIRT_VERSION} (once, 2 minutes)`, () => buildKubeVirt(draft));
  });
  return { key, directory };
}

/** Why no cluster can be built here, in one line; `null` when it can, or was already. */
export async function buildObstacle(): Promise<string | null> {
  if (spawnSync('openssl', ['version']).status !== 0) return "openssl is needed for the test cluster's certificates";
  if (isCached(buildKey())) return null;
  try {
    await go(source('kubernetes'), ['list', '-m']);
    return null;
  } catch (error) {
    return `Go is needed to build the test cluster: ${error instanceof Error ? error.message : error}`;
  }
}

/** The real kubectl, where it was built before; null elsewhere. */
export async function builtKubectl(): Promise<string | null> {
  return isCached(buildKey()) ? join((await build()).directory, 'bin', 'kubectl') : null;
}

function buildKey(): string {
  return contentKey([...filesIn('go', '.mod'), ...filesIn('go', '.sum')]);
}

async function buildKubernetes(draft: string): Promise<void> {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(KUBERNETES_VERSION) ?? [];
  const stamps = [
    `k8s.io/component-base/version.gitVersion=${KUBERNETES_VERSION}`,
    `k8s.io/component-base/version.gitMajor=${major}`,
    `k8s.io/component-base/version.gitMinor=${minor}`,
    `k8s.io/client-go/pkg/version.gitVersion=${KUBERNETES_VERSION}`,
  ];
  const commands = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'];
  const packages = commands.map((name) => `k8s.io/kubernetes/cmd/${name}`);
  await goBuild(source('kubernetes'), `${join(draft, 'bin')}/`, packages, stamps);
  await goBuild(source('kubernetes'), join(draft, 'bin', 'etcd'), ['go.etcd.io/etcd/server/v3']);
}

async function buildKwok(draft: string): Promise<void> {
  await goBuild(source('kwok'), `${join(draft, 'bin')}/`, ['sigs.k8s.io/kwok/cmd/kwok']);
  const module = await moduleSource('kwok', 'sigs.k8s.io/kwok');
  mkdirSync(join(draft, 'stages'));
  for (const stage of KWOK_STAGES) {
    copyFileSync(join(module, 'kustomize', 'stage', stage), join(draft, 'stages', basename(stage)));
  }
}

/** The operator, and its release manifest as KubeVirt's own tools write it (KubeVirt hack/generate.sh, v1.7.0). */
async function buildKubeVirt(draft: string): Promise<void> {
  const packages = ['cmd/virt-operator', 'tools/resource-generator', 'tools/manifest-templator'];
  const bin = join(draft, 'bin');
  const stamps = [`kubevirt.io/client-go/version.gitVersion=${KUBEVIRT_VERSION}`];
  await goBuild(
    source('kubevirt'),
    `${bin}/`,
    packages.map((path) => `kubevirt.io/kubevirt/${path}`),
    stamps,
  );
  const module = await moduleSource('kubevirt', 'kubevirt.io/kubevirt');
  const generated = join(draft, 'manifests');
  mkdirSync(generated);
  const rbac = await output(join(bin, 'resource-generator'), ['--type=operator-rbac', '--namespace=kubevirt']);
  writeFileSync(join(generated, 'rbac-operator.authorization.k8s.yaml.in'), rbac);
  copyFileSync(join(module, 'manifests/generated/kv-resource.yaml'), join(generated, 'kv-resource.yaml'));
  const logo = join(draft, 'logo');
  writeFileSync(logo, '');
  const manifest = await output(join(bin, 'manifest-templator'), [
    '--process-files',
    '--process-vars',
    '--namespace=kubevirt',
    '--container-prefix=quay.io/kubevirt',
    `--container-tag=${KUBEVIRT_VERSION}`,
    `--kubevirt-logo-path=${logo}`,
    `--generated-manifests-dir=${generated}/`,
    `--input-file=${join(module, 'manifests/release/kubevirt-operator.yaml.in')}`,
  ]);
  writeFileSync(join(draft, 'kubevirt-operator.yaml'), manifest);
}

function requiredVersion(folder: string, module: string): string {
  const text = readFileSync(join(HERE, 'go', folder, 'go.mod'), 'utf8');
  const version = new RegExp(`^\\s*${module} (v\\S+)`, 'm').exec(text)?.[1];
  if (version === undefined) throw new Error(`go/${folder}/go.mod requires no ${module}`);
  return version;
}

async function moduleSource(folder: string, module: string): Promise<string> {
  await go(source(folder), ['mod', 'download', module]);
  return (await go(source(folder), ['list', '-m', '-f', '{{.Dir}}', module])).trim();
}

function source(folder: string): string {
  return join(HERE, 'go', folder);
}
