import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { suite } from '../helpers/suite.ts';

const test = suite('release files');
const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const version = `v${manifest.version}`;
const krew = parse(read('krew-manifest.yaml'));

/** What krew demands (pkg/index/validation and its docs, v0.5.0). */
test('the krew manifest is one that krew accepts, for this version', () => {
  assert.is(krew.apiVersion, 'krew.googlecontainertools.github.com/v1alpha2');
  assert.is(krew.kind, 'Plugin');
  assert.is(krew.metadata.name, 'virtop');
  assert.is(krew.spec.version, version);
  assert.ok(krew.spec.shortDescription.length <= 50, 'the short description has at most 50 characters');
  for (const line of krew.spec.description.split('\n')) assert.ok(line.length <= 80, `over 80 columns: ${line}`);
});

test('each platform of the krew manifest has an archive of this version', () => {
  const platforms: {
    selector: { matchLabels: { os: string; arch: string } };
    uri: string;
    sha256: string;
    bin: string;
  }[] = krew.spec.platforms;
  assert.is(platforms.length, Object.keys(manifest.optionalDependencies).length);
  for (const { selector, uri, sha256, bin } of platforms) {
    const { os, arch } = selector.matchLabels;
    const ending = os === 'windows' ? 'zip' : 'tar.gz';
    assert.ok(uri.endsWith(`/${version}/kubectl-virtop_${version}_${os}_${arch}.${ending}`), uri);
    assert.match(sha256, /^[a-f0-9]{64}$/);
    assert.is(bin, os === 'windows' ? 'kubectl-virtop.exe' : 'kubectl-virtop');
  }
});

test('the changelog tells of this version', () => {
  assert.match(read('CHANGELOG.md'), `\n## ${manifest.version}`);
});

test('every runtime is of one version', () => {
  const versions = new Set(Object.values(manifest.optionalDependencies));
  assert.equal([...versions], [process.versions.node]);
});

test.run();
