import * as assert from 'uvu/assert';
import { redact, redactLog } from '../../../src/objects/meta/redact.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('redact');
const SECRET = 'Hunter2-s3cr3t_value';
const PEM = `-----BEGIN RSA PRIVATE KEY-----\n${'QUJD'.repeat(20)}\n-----END RSA PRIVATE KEY-----`;

const secrets: Record<string, [string, string]> = {
  'a bearer token': [`Authorization: Bearer ${SECRET}`, SECRET],
  'basic authentication': ['authorization=Basic dXNlcjpodW50ZXIy', 'dXNlcjpodW50ZXIy'],
  'a JSON web token': ['token is eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl', 'eyJhbGciOiJSUzI1NiJ9'],
  'a password in a URL': [`Get "https://admin:${SECRET}@registry.example/v2/": EOF`, SECRET],
  'a password': [`login failed: password=${SECRET}, retry`, SECRET],
  'a quoted password': [`{"password": "${SECRET} with spaces"}`, 'with spaces'],
  'a password in single quotes': [`password='${SECRET} b'`, `${SECRET} b`],
  'a password whose quote is cut off': [`"password":"${SECRET} and mo`, 'and mo'],
  'JSON within JSON': [`{"msg":"{\\"clientSecret\\":\\"${SECRET}\\"}"}`, SECRET],
  'a camelCase name': [`accessToken: ${SECRET}`, SECRET],
  'an API key': [`api_key=${SECRET}&x=1`, SECRET],
  'an AWS secret key': [`aws_secret_access_key = ${SECRET}`, SECRET],
  'an AWS access key': ['using AKIAIOSFODNN7EXAMPLE now', 'AKIAIOSFODNN7EXAMPLE'],
  'a flag': [`virt-operator --bearer-token ${SECRET}`, SECRET],
  'a private key': [`bad key: ${PEM} end`, 'QUJDQUJD'],
  'a private key that is cut off': [PEM.slice(0, 60), 'QUJDQUJD'],
  'registry credentials': ['{"auths":{"quay.io":{"auth": "dXNlcjpwYXNz"}}}', 'dXNlcjpwYXNz'],
  'a long run of base64': [`data: ${'QUJD'.repeat(20)}==`, 'QUJDQUJD'],
};

for (const [name, [text, secret]] of Object.entries(secrets)) {
  test(`${name} is hidden`, () => {
    const clean = redact(text);
    assert.ok(!clean.includes(secret), clean);
    assert.match(clean, '<redacted>');
  });
}

const harmless = [
  'serviceaccount "kubevirt-operator" not found',
  'secret "kubevirt-operator-certs" not found',
  `Failed to pull image "quay.io/kubevirt/virt-operator@sha256:${'0a1b'.repeat(16)}": not found`,
  'error looking up service account kubevirt/kubevirt-operator',
  'Post "https://policy.guard.svc:443/validate?timeout=10s": dial tcp 10.0.0.1:443: i/o timeout',
  'exceeded quota: q, requested: requests.memory=450Mi, used: requests.memory=1800Mi, limited: requests.memory=2Gi',
  'User "system:serviceaccount:kubevirt:kubevirt-operator" cannot list resource "secrets" in API group ""',
];

for (const text of harmless) test(`stays: ${text}`, () => assert.is(redact(text), text));

test('what stands around a secret is kept', () => {
  assert.is(redact(`login as bob, password: ${SECRET}; failed`), 'login as bob, password: <redacted>; failed');
  assert.is(redact(`https://bob:${SECRET}@host/path`), 'https://<redacted>@host/path');
});

test('long text is cut, after redaction and never through a secret', () => {
  const clean = redact(`${'x '.repeat(995)}password=${SECRET}${' y'.repeat(500)}`);
  assert.ok(!clean.includes('Hunter'), clean.slice(1980));
  assert.match(clean, /… \(\+\d+ characters\)$/);
  assert.ok(clean.length < 2050);
});

test('a megabyte is redacted in good time', () => {
  for (const part of ['a', 'a-', '_', 'password=', '"', '-----BEGIN A-----'])
    redact(part.repeat(2 ** 20 / part.length));
});

test('what is no text becomes one', () => {
  for (const [odd, text] of [
    [7, '7'],
    [null, 'null'],
    [undefined, 'undefined'],
  ] as const) {
    assert.is(redact(odd as unknown as string), text);
  }
});

test('a log keeps its lines, and a key over several of them is hidden', () => {
  assert.is(
    redactLog(`one\n${PEM}\npassword=${SECRET}\n${'y '.repeat(4500)}\nend`),
    `one\n<redacted>\npassword=<redacted>\n${'y '.repeat(2048)}\nend`,
  );
});

test('a log that is made to take long takes no longer than its length', () => {
  const hostile = ['-'.repeat(65_536), '-eyJ'.repeat(16_384), 'A+'.repeat(32_768), '-----BEGIN A-----'.repeat(4000)];
  const start = performance.now();
  for (const log of hostile) redactLog(log);
  assert.ok(performance.now() - start < 2000);
});

test.run();
