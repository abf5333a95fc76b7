import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { recordingAsk } from '../../src/archive/record.ts';
import { askArchive, openArchive } from '../../src/archive/store.ts';
import { clusterYaml } from '../../src/archive/write.ts';
import type { ApiRequest } from '../../src/model/request.ts';
import { redact, redactLog } from '../../src/objects/meta/redact.ts';
import { archiveOf, READ_AT } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('logs in an archive');
const PATH = '/api/v1/namespaces/kubevirt/pods/p/log';
const LAST: ApiRequest = { path: PATH, query: { container: 'c', previous: 'true', tailLines: '200' }, form: 'text' };
const lines = [
  'password=Hunter2-s3cr3t',
  '-----BEGIN RSA PRIVATE KEY-----',
  'c2hvcnQ',
  '-----END RSA PRIVATE KEY-----',
  'end',
];
const CLUSTER = archiveOf([], { logs: { [`${PATH}?container=c&previous=true`]: lines } });

function saved(text: string): ReturnType<typeof openArchive>['ask'] {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  writeFileSync(join(folder, 'cluster.yaml'), text);
  const { ask } = openArchive(folder);
  rmSync(folder, { recursive: true });
  return ask;
}

test('a log is recorded without its secrets, and answered again', async () => {
  const recording = recordingAsk(askArchive(CLUSTER));
  await recording.ask(LAST);
  const about = {
    origin: 'recorded' as const,
    readAt: READ_AT,
    asked: recording.asked(),
    logs: recording.logs(redactLog),
  };
  const text = clusterYaml(about, recording.objects(), redact);
  assert.not.match(text, /Hunter2|c2hvcnQ/);
  const ask = saved(text);
  const again = await ask(LAST);
  assert.equal(again.status === 'read' && again.body, { text: 'password=<redacted>\n<redacted>\nend\n' });
});

test('of a log as many lines as are asked for, of the run that is asked for', async () => {
  const ask = askArchive(CLUSTER);
  const two = await ask({ ...LAST, query: { ...LAST.query, tailLines: '1' } });
  assert.equal(two.status === 'read' && two.body, { text: 'end\n' });
  const { previous: _, ...present } = LAST.query ?? {};
  assert.is((await ask({ ...LAST, query: present })).status, 'absent');
  const recorded = askArchive({ ...CLUSTER, about: { ...CLUSTER.about, asked: [] } });
  const other = await recorded({ ...LAST, query: present });
  assert.is(other.status === 'failed' && other.reason, 'not-recorded');
});

test('a log may be written as one text', async () => {
  const ask = saved(
    `origin: written\nreadAt: ${READ_AT}\nlogs:\n  ${PATH}?container=c&previous=true: |\n    one\n    two\nobjects: []\n`,
  );
  const reply = await ask(LAST);
  assert.equal(reply.status === 'read' && reply.body, { text: 'one\ntwo\n' });
});

test('odd logs are none', async () => {
  const ask = saved(`origin: written\nreadAt: ${READ_AT}\nlogs: 7\nobjects: []\n`);
  assert.is((await ask(LAST)).status, 'absent');
});

test.run();
