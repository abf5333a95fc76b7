import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { run } from '../../src/cli.ts';
import { CAUSES } from '../../src/commands/causes.ts';
import { causeList } from '../../src/report/explain.ts';
import { explanation } from '../../src/report/explanation.ts';
import { plain } from '../../src/terminal/color.ts';
import { format } from '../../src/terminal/print.ts';
import { matchesGolden } from '../helpers/golden.ts';
import { testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('explain');
const schema = JSON.parse(readFileSync(new URL('../../docs/explanation.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

async function call(...args: string[]) {
  const io = testIo();
  const code = await run(['explain', ...args], 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

function golden(file: string): string {
  return fileURLToPath(new URL(`golden/${file}`, import.meta.url));
}

const GOLDEN: [file: string, args: string[]][] = [
  ['explain-image-not-found.txt', ['image-not-found']],
  ['explain-api-unreachable.txt', ['api-unreachable']],
  ['explain-image-not-found.json', ['image-not-found', '-o', 'json']],
];

for (const [file, args] of GOLDEN) {
  test(`explain ${args.join(' ')} prints ${file}`, async () => {
    const { code, stdout, stderr } = await call(...args);
    assert.equal([code, stderr], [0, '']);
    matchesGolden(golden(file), stdout);
  });
}

test('the list shows rungs in the order of the ladder, and each cause in one clause', () => {
  const some = ['no-leader', 'etcd-or-api-slow', 'api-unreachable', 'cordoned', 'clock-skew', 'volume-binding'];
  const lines = causeList(CAUSES.filter(({ code }) => some.includes(code)));
  matchesGolden(golden('explain-list.txt'), format(lines, { columns: 80, paint: plain, ascii: false }));
});

test('every code is explained, in each format, and JSON and YAML are the same data of the published schema', async () => {
  for (const { code } of CAUSES) {
    const json = JSON.parse((await call(code, '-o', 'json')).stdout);
    assert.is(json.code, code);
    assert.ok(validate(json), `${code}: ${JSON.stringify(validate.errors)}`);
    assert.equal(parse((await call(code, '-o', 'yaml')).stdout, { version: '1.1' }), json);
    assert.match((await call(code)).stdout, `CODE      ${code} (`);
  }
});

test('the list has every code once, in each format', async () => {
  const codes = CAUSES.map(({ code }) => code).sort();
  const { stdout } = await call('-o', 'json');
  assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
  const list = JSON.parse(stdout);
  assert.equal(list.items.map((item: { code: string }) => item.code).sort(), codes);
  assert.equal(parse((await call('-o', 'yaml')).stdout, { version: '1.1' }), list);
  const rows = (await call()).stdout.split('\n').filter((row) => /^ {2}\S/.test(row));
  assert.equal(rows.map((row) => row.trim().split(' ')[0]).sort(), codes);
});

const UNKNOWN: [asked: string, said: string][] = [
  ['image-notfound', 'unknown code "image-notfound"; did you mean image-not-found?'],
  [
    'quota',
    'unknown code "quota"; did you mean quota-exceeded, quota-must-specify, quota-of-events, quota-status-unknown?',
  ],
  ['xyzzy', 'unknown code "xyzzy"; kubectl virtop explain lists them all'],
];

for (const [asked, said] of UNKNOWN) {
  test(`${asked} is no code: wrong usage, in one line, and nothing on stdout`, async () => {
    for (const format of ['text', 'json', 'yaml']) {
      assert.equal(await call(asked, '-o', format), { code: 2, stdout: '', stderr: `error: ${said}\n` });
    }
  });
}

test('a cause that another names as related names that one too', () => {
  const [first, second] = CAUSES.map((one) => ({ ...one, related: [] as string[] }));
  if (!first || !second) throw new Error('there are no causes');
  const pair = [first, { ...second, related: [first.code] }];
  assert.equal(
    pair.map((one) => explanation(one, pair).related),
    [[second.code], [first.code]],
  );
});

test('a code may be written in capitals, and quiet prints nothing', async () => {
  assert.match((await call('Image-Not-Found')).stdout, 'image-not-found');
  assert.equal(await call('image-not-found', '--quiet'), { code: 0, stdout: '', stderr: '' });
});

test.run();
