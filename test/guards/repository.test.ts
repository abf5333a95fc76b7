import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { machineComplaints, repositoryFiles } from './repository.ts';

const test = suite('repository');
const root = join(import.meta.dirname, '../..');

test('no file names a machine or a registry', () => {
  const files = repositoryFiles(root);
  assert.ok(files.includes('package.json') && files.includes('test/guards/repository.ts'));
  assert.equal(
    files.flatMap((path) => machineComplaints(path, readFileSync(join(root, path), 'utf8'))),
    [],
  );
});

const planted: Record<string, { text: string; complains: boolean }> = {
  'an absolute path': { text: `cd /${'work'}/main`, complains: true },
  'a home folder': { text: `/${'home'}/someone/.kube/config`, complains: true },
  'a registry': { text: `https://registry.${'npmjs'}.org/yargs`, complains: true },
  'a lock file with addresses': { text: `"${'resolved'}": "x"`, complains: true },
  'an unfinished merge': { text: `${'<'.repeat(7)} HEAD`, complains: true },
  'a relative path': { text: 'cd ./work/main', complains: false },
  'an image': { text: 'quay.io/kubevirt/virt-operator:v1.7.0', complains: false },
};

for (const [name, { text, complains }] of Object.entries(planted)) {
  test(`${name} ${complains ? 'is found' : 'is fine'}`, () => {
    assert.is(machineComplaints('x.md', text).length, complains ? 1 : 0);
  });
}

test.run();
