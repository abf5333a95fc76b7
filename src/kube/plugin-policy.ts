import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { AccessError } from '../model/errors.ts';
import { type Host, homeOf } from './host.ts';

interface PluginPolicy {
  credentialPluginPolicy?: string;
  credentialPluginAllowlist?: ({ command?: string; name?: string } | null)[];
}

/**
 * Refuses a credential plugin that the user's kuberc forbids (kubectl v0.36 pkg/config/v1beta1/types.go, client-go v0.36 exec.go): where
 * kubectl would not run it, nor does this program. Throws an AccessError that names the kuberc.
 */
export function checkPluginPolicy(command: string, host: Host): void {
  const path = kubercPath(host);
  const { credentialPluginPolicy: policy, credentialPluginAllowlist: allowlist } = path ? readPolicy(path) : {};
  if (!policy || policy === 'AllowAll') return;
  const allowed = (allowlist ?? []).flatMap((entry) => entry?.command || entry?.name || []);
  if (policy === 'Allowlist' && allowed.some((one) => isSameProgram(one, command, host))) return;
  throw new AccessError(
    'exec-plugin-failed',
    `${path} forbids the credential plugin ${command} (credentialPluginPolicy: ${policy}); allow it there, or use another user`,
  );
}

function kubercPath(host: Host): string | null {
  const { KUBERC } = host.env;
  return KUBERC === 'off' ? null : KUBERC || join(homeOf(host), '.kube', 'kuberc');
}

/** The first Preference in the file; kubectl too passes over a file that it cannot read. */
function readPolicy(path: string): PluginPolicy {
  try {
    const documents = parseAllDocuments(readFileSync(path, 'utf8'), { logLevel: 'error' });
    const preferences = [...documents].map((document): unknown => document.toJS());
    return (preferences.find(isPreference) ?? {}) as PluginPolicy;
  } catch {
    return {};
  }
}

function isPreference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Preference';
}

function isSameProgram(a: string, b: string, host: Host): boolean {
  const [first, second] = [lookUp(a, host), lookUp(b, host)];
  return a === b || (first !== null && first === second);
}

/** The file that a command's name runs. */
function lookUp(command: string, { env }: Host): string | null {
  if (/[\\/]/.test(command)) return command;
  const candidates = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, command));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
