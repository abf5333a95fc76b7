import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join, normalize } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { AccessError, EXIT, UserError } from '../../model/errors.ts';
import { type Host, homeOf } from './host.ts';
import { kubeconfigError } from './kubeconfig-file.ts';

/** Which credential plugins may run, as the user's kuberc says it. */
export interface PluginPolicy {
  /** The kuberc, for messages. */
  path: string;
  policy: string;
  /** The programs that may run; null is any. */
  allowed: readonly string[] | null;
}

interface Preference {
  credentialPluginPolicy?: string;
  credentialPluginAllowlist?: ({ command?: string; name?: string } | null)[] | null;
}

const ANY: PluginPolicy = { path: '', policy: 'AllowAll', allowed: null };

/**
 * The policy of the user's kuberc (kubectl v0.36 pkg/kuberc/kuberc.go, client-go v0.36 exec.go ValidatePluginPolicy): of `--kuberc`, else
 * $KUBERC, else ~/.kube/kuberc. Nothing else of a kuberc holds for a plugin. Throws where kubectl would refuse the file.
 */
export function readPluginPolicy(flag: string, host: Host): PluginPolicy {
  const { KUBERC, KUBECTL_KUBERC } = host.env;
  if (KUBERC === 'off' && flag !== '') throw new UserError('--kuberc and KUBERC=off contradict each other', EXIT.usage);
  if (KUBERC === 'off' || KUBECTL_KUBERC === 'false') return ANY;
  const named = flag || KUBERC || '';
  const path = named || join(homeOf(host), '.kube', 'kuberc');
  const preference = readPreference(path, named !== '');
  if (preference === null) return ANY;
  return { path, policy: preference.credentialPluginPolicy ?? '', allowed: allowedBy(preference, path) };
}

/** Throws an AccessError that names the kuberc, where it forbids this plugin. */
export function checkPluginPolicy(command: string, { path, policy, allowed }: PluginPolicy, host: Host): void {
  if (allowed === null || allowed.some((one) => isSameProgram(one, command, host))) return;
  throw new AccessError(
    'exec-plugin-failed',
    `${path} forbids the credential plugin ${command} (credentialPluginPolicy: ${policy}); allow it there, or use another user`,
  );
}

/** The first Preference in the file. One that nobody named may be missing or unreadable: kubectl too passes over it. */
function readPreference(path: string, isNamed: boolean): Preference | null {
  try {
    const documents = parseAllDocuments(readFileSync(path, 'utf8'), { logLevel: 'error' });
    const contents = [...documents].map((document): unknown => document.toJS()).filter((content) => content !== null);
    const found = contents.find(isPreference);
    if (found || contents.length === 0 || !isNamed) return found ?? null;
  } catch (error) {
    if (isNamed) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw kubeconfigError(`cannot read the kuberc ${path}: ${code ?? message.split('\n', 1)[0]}`);
    }
    return null;
  }
  throw kubeconfigError(
    `the kuberc ${path} holds no Preference of kubectl.config.k8s.io; give another one with --kuberc`,
  );
}

function isPreference(value: unknown): value is Preference {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'Preference' &&
    'apiVersion' in value &&
    String(value.apiVersion).startsWith('kubectl.config.k8s.io/')
  );
}

function allowedBy(preference: Preference, path: string): readonly string[] | null {
  const { credentialPluginPolicy: policy = '', credentialPluginAllowlist: allowlist } = preference;
  const refuse = (what: string) => kubeconfigError(`the kuberc ${path} ${what}; correct it, or set KUBERC=off`);
  if (!['', 'AllowAll', 'DenyAll', 'Allowlist'].includes(policy)) {
    throw refuse(`has an unknown credentialPluginPolicy "${policy}"`);
  }
  if (policy !== 'Allowlist') {
    if (allowlist) throw refuse('has a credentialPluginAllowlist without credentialPluginPolicy: Allowlist');
    return policy === 'DenyAll' ? [] : null;
  }
  const commands = (allowlist ?? []).map((entry) => entry?.command || entry?.name || '');
  const isSound = commands.length > 0 && commands.every((command) => command !== '' && normalize(command) === command);
  if (!isSound) throw refuse('has a credentialPluginAllowlist that is empty, or an entry in it that names no program');
  return commands;
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
