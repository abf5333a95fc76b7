import * as assert from 'uvu/assert';
import { type ClockParts, certificateClock } from '../../../src/objects/certificate/certificate-clock.ts';
import { leaseState } from '../../../src/objects/operator/lease.ts';
import { FORMER, NEXT, PRESENT } from '../../helpers/authority.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('the clock of certificates');

const authority = (bundle: string) => ({ data: { 'ca-bundle': bundle } });
const led = (renewTime: string | null) => leaseState({ spec: { holderIdentity: 'a', renewTime } } as object, READ_AT);
/** Nobody has led for an hour. */
const down: ClockParts = {
  certificateAuthority: authority(PRESENT),
  kubevirts: [{}],
  lease: led('2026-03-01T02:00:00Z'),
  readAt: READ_AT,
};
const bounds = (parts: Partial<ClockParts>) => {
  const { earliest, latest } = certificateClock({ ...down, ...parts })?.first ?? {};
  return [earliest, latest];
};

test('a certificate ends between 4.8 and 24 hours after an operator last led', () => {
  const clock = certificateClock(down);
  assert.equal(bounds({}), ['2026-03-01T06:48:00Z', '2026-03-02T02:00:00Z']);
  assert.equal([clock?.renewed, clock?.until], [false, '2026-03-01T06:48:00Z']);
  assert.equal(clock?.authority, {
    name: 'kubevirt.io@1772161200',
    notBefore: '2026-02-27T03:00:00Z',
    notAfter: '2026-03-06T03:00:00Z',
  });
});

test('all were renewed when the authority was made, so none ends within 24 hours of that', () => {
  const lease = led('2026-02-28T04:00:00Z');
  const made = { certificateAuthority: authority(NEXT), lease };
  assert.equal(bounds(made), ['2026-03-01T03:00:00Z', '2026-03-01T04:00:00Z']);
});

test('the KubeVirt resource may ask for other lifetimes', () => {
  const asked = (selfSigned: object) => [{ spec: { certificateRotateStrategy: { selfSigned } } }];
  const hco = asked({ server: { duration: '24h0m0s', renewBefore: '12h0m0s' } });
  assert.equal(bounds({ kubevirts: hco }), ['2026-03-01T14:00:00Z', '2026-03-02T02:00:00Z']);
  const older = asked({ certRotateInterval: '10h', server: { duration: '24h' } });
  assert.equal(bounds({ kubevirts: older }), ['2026-03-01T04:00:00Z', '2026-03-01T12:00:00Z']);
  const odd = asked({ server: { duration: 'soon', renewBefore: 7 } });
  assert.equal(bounds({ kubevirts: odd }), bounds({}));
});

test('nothing outlives the authority that signed it', () => {
  const long = [{ spec: { certificateRotateStrategy: { selfSigned: { server: { duration: '240h' } } } } }];
  const clock = certificateClock({ ...down, kubevirts: long });
  assert.equal(clock?.first, {
    what: "KubeVirt's certificate authority",
    earliest: '2026-03-06T03:00:00Z',
    latest: '2026-03-06T03:00:00Z',
  });
  const short = [{ spec: { certificateRotateStrategy: { selfSigned: { server: { duration: '144h' } } } } }];
  assert.equal(bounds({ kubevirts: short }), ['2026-03-05T03:00:00Z', '2026-03-06T03:00:00Z']);
});

test('without a time of leadership the authority alone gives bounds, and without the authority the lease does', () => {
  assert.equal(bounds({ lease: led(null) }), ['2026-02-28T03:00:00Z', '2026-03-02T03:00:00Z']);
  assert.equal(bounds({ certificateAuthority: undefined }), ['2026-03-01T06:48:00Z', '2026-03-02T02:00:00Z']);
  assert.equal(bounds({ certificateAuthority: undefined, lease: led(null) }), [undefined, undefined]);
});

test('while a leader renews them there is no end, and none is told where the lease or KubeVirt is not known', () => {
  const clock = certificateClock({ ...down, lease: led('2026-03-01T02:59:58Z') });
  assert.equal([clock?.renewed, clock?.until, clock?.first], [true, null, null]);
  assert.equal(certificateClock({ ...down, lease: null })?.renewed, null);
  assert.is(certificateClock({ ...down, lease: null })?.first, null);
  assert.is(certificateClock({ ...down, kubevirts: undefined })?.first, null);
  assert.is(certificateClock({ ...down, certificateAuthority: null }), null);
});

test('the authority that signs is the first that is valid', () => {
  const name = (bundle: string) =>
    certificateClock({ ...down, certificateAuthority: authority(bundle) })?.authority?.name;
  assert.is(name(PRESENT + FORMER), 'kubevirt.io@1772161200');
  assert.is(name(FORMER + PRESENT), 'kubevirt.io@1772161200');
  assert.is(name(FORMER), 'kubevirt.io@1771556400');
  assert.is(name('garbage'), undefined);
});

test.run();
