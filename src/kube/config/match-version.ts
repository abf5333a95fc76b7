import { UserError } from '../../model/errors.ts';
import type { Ask } from '../../model/request.ts';
import { oneLine } from '../wire/one-line.ts';
import type { Host } from './host.ts';
import { runProgram } from './run-program.ts';

const FIELDS = ['gitVersion', 'gitCommit', 'gitTreeState'] as const;
type Version = Partial<Record<(typeof FIELDS)[number], string>>;
const KUBECTL_MS = 10_000;

/**
 * `--match-server-version`: the server must be of the same build as the client (client-go discovery/helper.go MatchesServerVersion), which
 * is the kubectl on PATH: a plugin stands in for it. Throws a UserError when they differ or one cannot be told.
 */
export async function requireMatchingVersion(ask: Ask, host: Host): Promise<void> {
  const [client, answer] = await Promise.all([kubectlVersion(host), ask({ path: '/version' })]);
  if (answer.status !== 'read') {
    const why = answer.status === 'absent' ? 'it has none' : answer.message;
    throw new UserError(`--match-server-version: cannot read the version of the server: ${why}`);
  }
  const server = answer.body as Version;
  if (FIELDS.every((field) => (server[field] ?? '') === (client[field] ?? ''))) return;
  throw new UserError(
    `--match-server-version: the server is ${words(server)}, and kubectl is ${words(client)}; use the kubectl of that version, or leave the flag out`,
  );
}

async function kubectlVersion({ env, killGroup, ownGroup }: Host): Promise<Version> {
  const how = { env, interactive: false, timeoutMs: KUBECTL_MS, killGroup, ownGroup };
  const outcome = await runProgram('kubectl', ['version', '--client', '--output=json'], how);
  try {
    if (outcome.end === 'exit') return (JSON.parse(outcome.stdout) as { clientVersion: Version }).clientVersion;
  } catch {
    // No kubectl that says its version: told below.
  }
  throw new UserError(
    '--match-server-version compares the server with kubectl, and no kubectl on PATH tells its version',
  );
}

function words(version: Version): string {
  const { gitVersion = 'of an unknown version', gitCommit = '', gitTreeState = '' } = version;
  return oneLine([gitVersion, gitCommit.slice(0, 12), gitTreeState].filter(Boolean).join(' '));
}
