import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { Finding } from '../../src/model/finding.ts';
import { resourceName } from '../../src/objects/meta/resource-name.ts';
import { name } from '../../src/report/name.ts';
import { fixtureNames, fixturePath } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';
import { finding, report } from '../helpers/view.ts';

const test = suite('name');

test('objects at fault are named once each, as kubectl names them', () => {
  const objects = [
    { kind: 'Deployment', namespace: 'kubevirt', name: 'virt-operator' },
    { kind: 'Node', namespace: null, name: 'cp-0' },
    { kind: 'Deployment', namespace: 'kubevirt', name: 'virt-operator' },
    { kind: 'Lease', namespace: 'kubevirt', name: 'virt-operator' },
    { kind: 'Cluster', namespace: null, name: 'https://10.0.0.1:6443' },
    { kind: 'Pod', namespace: 'kubevirt', name: 'a\n\u001b[2Jb' },
  ];
  assert.equal(name(report({ causes: objects.map((object) => finding({ object })) })), {
    kind: 'document',
    text: 'deployment.apps/virt-operator\nnode/cp-0\nlease.coordination.k8s.io/virt-operator\npod/a \\u001b[2Jb\n',
  });
  assert.equal(name(report({ findings: [finding()] })), { kind: 'document', text: '' });
});

/** What is no object, or of which only the name is known. */
const NAMELESS = ['Cluster', 'WebhookConfiguration'];

test('every object in the reports of recorded clusters has a name', () => {
  for (const fixture of fixtureNames()) {
    const { causes, findings } = JSON.parse(readFileSync(fixturePath(fixture, 'report.json'), 'utf8'));
    for (const { object } of [...causes, ...findings] as Finding[]) {
      if (!NAMELESS.includes(object.kind)) assert.ok(resourceName(object), `${fixture}: ${object.kind}`);
    }
  }
});

test.run();
