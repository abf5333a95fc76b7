import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { ConnectionFlags } from '../../../src/kube/config/connection-flags.ts';
import { logIn } from '../../../src/kube/open-cluster.ts';
import { UserError } from '../../../src/model/errors.ts';
import { archiveOf } from '../../helpers/cluster.ts';
import { flagsWith, hostWith } from '../../helpers/connection.ts';
import { answer } from '../../helpers/faults.ts';
import { sink } from '../../helpers/io.ts';
import { startServer } from '../../helpers/server.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('verbose and match-server-version');
const VERSION = { gitVersion: 'v1.36.3', gitCommit: 'abc', gitTreeState: 'clean' };
const folder = mkdtempSync(join(tmpdir(), 'verbose-'));
const server = await startServer(archiveOf([]), {
  protocol: 'h2',
  behave: () =>
    answer(200, JSON.stringify(VERSION), { 'content-type': 'application/json', 'set-cookie': 'session-secret' }),
});
test.after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** What is written to standard error while the version is asked for. */
async function written(flags: Partial<ConnectionFlags>, env: Record<string, string> = {}): Promise<string> {
  const stderr = sink();
  const given = flagsWith({ server: server.url, insecureSkipTlsVerify: true, token: 'secret', ...flags });
  const { open } = await logIn(given, hostWith({ HOME: folder, ...env }, { stderr }), 'test');
  const transport = open({ totalMs: 5000 });
  await transport.ask({ path: '/version' });
  transport.close();
  return stderr.text.replaceAll(server.url, 'SERVER').replace(/milliseconds=\d+/g, 'milliseconds=N');
}

test('from -v=6 each answer is told, and more with each level, but no credentials', async () => {
  assert.is(await written({ verbosity: 5 }), '');
  const response = '"Response" verb="GET" url="SERVER/version" status="200 OK" milliseconds=N\n';
  assert.is(await written({ verbosity: 6 }), response);
  writeFileSync(join(folder, 'config'), '');
  assert.is(
    await written({ verbosity: 6, kubeconfig: join(folder, 'config') }),
    `Config loaded from file: ${folder}/config\n${response}`,
  );
  const more = await written({ verbosity: 7, as: 'bob' });
  assert.match(more, /"Request" verb="GET" url="SERVER\/version"\n/);
  assert.match(more, /\n {4}authorization: Bearer <masked>\n {4}impersonate-user: bob\n/);
  const most = await written({ verbosity: 9 });
  assert.match(most, /\n {4}content-type: application\/json\n/);
  assert.match(most, /\n {4}set-cookie: <masked>\n/);
  assert.not.match(more + most, /secret/);
});

test('--match-server-version refuses a server of another build than kubectl', async () => {
  const kubectl = (version: object | null) => {
    const path = join(folder, 'kubectl');
    const json = JSON.stringify({ clientVersion: version });
    writeFileSync(path, version === null ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho '${json}'\n`);
    chmodSync(path, 0o755);
    return { PATH: `${folder}:${process.env.PATH}` };
  };
  const refusal = async (env: Record<string, string>) => {
    try {
      return await written({ matchServerVersion: true }, env);
    } catch (error) {
      assert.instance(error, UserError);
      return (error as UserError).message;
    }
  };
  assert.is(await refusal(kubectl(VERSION)), '');
  assert.is(
    await refusal(kubectl({ ...VERSION, gitVersion: 'v1.35.0' })),
    '--match-server-version: the server is v1.36.3 abc clean, and kubectl is v1.35.0 abc clean; use the kubectl of that version, or leave the flag out',
  );
  assert.match(await refusal(kubectl({ ...VERSION, gitCommit: 'abd' })), /kubectl is v1.36.3 abd clean/);
  assert.match(await refusal(kubectl(null)), /no kubectl on PATH tells its version$/);
});

test.run();
