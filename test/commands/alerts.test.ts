import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { run } from '../../src/cli.ts';
import { archiveOf, healthyCluster, type TestObject } from '../helpers/cluster.ts';
import { testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';
import { monitored } from '../rules/monitored.ts';
import { patched, without } from '../rules/outage.ts';

const test = suite('the command alerts');
const folder = mkdtempSync(join(tmpdir(), 'virtop-'));
test.after(() => rmSync(folder, { recursive: true }));

const validate = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../docs/alert-list.schema.json', import.meta.url), 'utf8')),
);
const SINCE = '2026-03-01T01:00:00Z';
const unavailable = {
  status: { readyReplicas: 0, conditions: [{ type: 'Available', status: 'False', lastTransitionTime: SINCE }] },
};
const CASES: [name: string, objects: TestObject[], code: number][] = [
  ['healthy', monitored('v1.9.0'), 0],
  ['false', patched(monitored('v1.9.0'), 'Deployment/kube-state-metrics', unavailable), 4],
  ['down', without(monitored('v1.9.0'), 'Pod'), 3],
  ['no-rules', without(without(monitored('v1.9.0'), 'PrometheusRule'), 'Pod'), 3],
  ['absent', healthyCluster().filter((one) => one.kind === 'Node'), 1],
];

async function call(name: string, ...args: string[]) {
  const { about, objects } = archiveOf(CASES.find(([one]) => one === name)?.[1] ?? []);
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify({ ...about, objects }, { aliasDuplicateObjects: false }));
  const io = testIo();
  const code = await run(['--from', path, ...args], 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

for (const [name, , code] of CASES) {
  test(`${name}: exit code ${code}, and one document in JSON and YAML that keeps to its schema`, async () => {
    const json = await call(name, 'alerts', '-o', 'json');
    const yaml = await call(name, 'alerts', '-o', 'yaml');
    assert.equal([json.code, yaml.code, json.stderr], [code, code, '']);
    const document: { kind?: string } = JSON.parse(json.stdout);
    assert.ok(validate(document), JSON.stringify(validate.errors));
    assert.equal(parse(yaml.stdout, { version: '1.1' }), document);
    assert.is(document.kind, 'AlertList');
    assert.equal(await call(name, 'alerts', '-q'), { code, stdout: '', stderr: '' });
    assert.is((await call(name, 'status')).code, code, 'status exits with the same');
  });
}

test('an alert that is false is called so, with its reason, in alerts, status and describe', async () => {
  const because = /because\s+kube-state-metrics\s+in\s+namespace\s+monitoring\s+has\s+no\s+ready\s+pod/;
  const { stdout } = await call('false', 'alerts');
  assert.match(stdout, /VirtOperatorDown +firing \(false\) +120m +critical\n/);
  assert.match(stdout, because);
  assert.match(stdout, /\nDecided by PrometheusRule prometheus-kubevirt-rules/);
  const status = (await call('false', 'status')).stdout;
  assert.match(status, /^HEALTHY/);
  assert.match(status, /ALERT +the alerts are false: VirtOperatorDown \(true for 120m\)/);
  assert.match(status, because);
  assert.match((await call('false', 'describe')).stdout, because);
});

test('where no alert can exist, status says so beside the outage, and nothing of it where all is well', async () => {
  assert.match(
    (await call('no-rules', 'status')).stdout,
    /ALERT +none can fire: PrometheusRule prometheus-kubevirt-rules/,
  );
  assert.not.match((await call('healthy', 'status')).stdout, /ALERT/);
});

test('wide adds the expression and for how long it must hold', async () => {
  const { stdout } = await call('healthy', 'alerts', '-o', 'wide');
  assert.match(stdout, /NAME +STATE +SINCE +SEVERITY +FOR\n/);
  assert.match(stdout, /Asks:\s+cluster:kubevirt_virt_operator_pods_running:count == 0/);
});

test.run();
