import * as assert from 'uvu/assert';
import { allExpired, certificatesOf } from '../../../src/objects/certificate/certificate.ts';
import { caBundle, FORMER, NEXT, PRESENT } from '../../helpers/authority.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('certificates');

test('a bundle is read as PEM, and as PEM in base64', () => {
  const [first, ...more] = certificatesOf(`# comment\n${PRESENT}${FORMER}`);
  assert.is(more.length, 1);
  assert.equal(
    [first?.name, first?.notBefore, first?.notAfter],
    ['kubevirt.io@1772161200', '2026-02-27T03:00:00Z', '2026-03-06T03:00:00Z'],
  );
  assert.equal(certificatesOf(caBundle(PRESENT, FORMER)), [first, ...more]);
});

test('what is no certificate is left out', () => {
  const broken = PRESENT.replace(/[a-z]/, '').replace('MII', 'MIJ');
  for (const odd of [null, undefined, '', '<redacted>', 'Z2FyYmFnZQ==', broken, PRESENT.slice(0, 200)])
    assert.equal(certificatesOf(odd), []);
  assert.equal(certificatesOf(7 as unknown as string), []);
  assert.is(certificatesOf(`${broken}${PRESENT}garbage${NEXT}`).length, 2);
});

test('a bundle has expired when each of its certificates has', () => {
  assert.is(allExpired(certificatesOf(FORMER), READ_AT), true);
  assert.is(allExpired(certificatesOf(FORMER + PRESENT), READ_AT), false);
  assert.is(allExpired([], READ_AT), false);
});

test.run();
