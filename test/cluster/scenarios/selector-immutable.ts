import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from '../cluster.ts';
import { get, waitUntil } from '../kubectl.ts';
import type { Scenario } from '../scenario.ts';

const TEAM = { team: 'virtualization' };

interface Manifest {
  kind: string;
  metadata: { labels?: object };
  spec: { selector: { matchLabels: object }; template: { metadata: { labels: object } } };
}
interface Written {
  metadata: { managedFields: { manager: string; time: string }[] };
}

/** Someone applied the manifest with a label that kustomize puts on everything, selectors too: the Deployment was refused. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  waits: 65,
  async break(cluster) {
    const text = readFileSync(join(cluster.binaries, 'kubevirt-operator.yaml'), 'utf8');
    const items = parseAllDocuments(text).flatMap((document): Manifest[] => document.toJS() ?? []);
    const wanted = items
      .filter(({ kind }) => kind === 'CustomResourceDefinition' || kind === 'Deployment')
      .map(labelled);
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: wanted });
    const done = await run(cluster, 'kubectl', ['apply', '--server-side', '--force-conflicts', '--filename=-'], {
      input: list,
    });
    if (!done.stderr.includes('field is immutable')) throw new Error(`the apply was not refused: ${done.stderr}`);
    await waitUntil('nobody applies any more', 120, async () => {
      const crd = await get<Written>(cluster, ['crd', 'kubevirts.kubevirt.io', '--show-managed-fields']);
      const time = crd?.metadata.managedFields.find(({ manager }) => manager === 'kubectl')?.time;
      return Date.now() - Date.parse(time ?? '') > 65_000;
    });
  },
} satisfies Scenario;

function labelled(one: Manifest): Manifest {
  const metadata = { ...one.metadata, labels: { ...one.metadata.labels, ...TEAM } };
  if (one.kind !== 'Deployment') return { ...one, metadata };
  const { selector, template } = one.spec;
  const labels = { ...template.metadata.labels, ...TEAM };
  const spec = {
    ...one.spec,
    selector: { matchLabels: { ...selector.matchLabels, ...TEAM } },
    template: { ...template, metadata: { ...template.metadata, labels } },
  };
  return { ...one, metadata, spec };
}
