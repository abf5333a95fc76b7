import { AccessError } from '../../model/errors.ts';
import type { Host } from './host.ts';
import { type ExecEntry, kubeconfigError } from './kubeconfig-file.ts';
import { checkPluginPolicy } from './plugin-policy.ts';
import { type Outcome, runProgram } from './run-program.ts';
import type { Target } from './target.ts';

const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
/** Where a cluster keeps what is meant for its credential plugin (client-go tools/clientcmd/client_config.go). */
const EXTENSION = 'client.authentication.k8s.io/exec';
/** A login in a browser takes a person minutes; one without a person has no reason to. */
const INTERACTIVE_MS = 300_000;
const UNATTENDED_MS = 30_000;

/** What a credential plugin yields. */
export interface ExecCredential {
  token: string | null;
  certificate: string | null;
  key: string | null;
  /** When it is no longer good, in milliseconds since 1970; null is not told. */
  expiresAt: number | null;
}

/**
 * Runs the kubeconfig's credential plugin once (client-go plugin/pkg/client/auth/exec/exec.go). Its output is never repeated: it may hold
 * a token. Throws an AccessError that names plugin and user, with the kubeconfig's install hint when the plugin is missing.
 */
export async function execCredential(exec: ExecEntry, target: Target, host: Host): Promise<ExecCredential> {
  const command = exec.command ?? '';
  const version = exec.apiVersion ?? '';
  const plugin = `credential plugin ${command} of user ${target.cluster.user}`;
  if (!API_VERSIONS.includes(version)) {
    throw kubeconfigError(`${plugin} has apiVersion "${version}", kubectl knows ${API_VERSIONS.join(' and ')}`);
  }
  checkPluginPolicy(command, target.pluginPolicy, host);
  const interactive = isInteractive(exec, host, plugin);
  const own = (exec.env ?? []).flatMap(({ name, value }) => (name ? [[name, value ?? '']] : []));
  const outcome = await runProgram(command, exec.args ?? [], {
    env: {
      ...host.env,
      ...Object.fromEntries(own),
      KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(exec, target, interactive)),
    },
    interactive,
    timeoutMs: interactive ? INTERACTIVE_MS : Math.min(UNATTENDED_MS, host.loginMs ?? UNATTENDED_MS),
    killGroup: host.killGroup,
    ownGroup: host.ownGroup,
  });
  if (outcome.end !== 'exit' || outcome.code !== 0) throw failure(outcome, plugin, exec.installHint);
  return parseCredential(outcome.stdout, version, plugin);
}

function isInteractive(exec: ExecEntry, host: Host, plugin: string): boolean {
  const mode = exec.interactiveMode;
  if (mode === 'Always' && !host.isTerminal) {
    throw new AccessError(
      'exec-plugin-failed',
      `${plugin} must ask you something; run this on a terminal, for this context alone`,
    );
  }
  return mode !== 'Never' && host.isTerminal;
}

/** What the plugin is told: the cluster as it is meant after the flags (client-go rest/exec.go ConfigToExecCluster). */
function execInfo(exec: ExecEntry, { clusterEntry, ca }: Target, interactive: boolean): object {
  const cluster = {
    server: clusterEntry.server,
    'tls-server-name': clusterEntry['tls-server-name'] || undefined,
    'insecure-skip-tls-verify': clusterEntry['insecure-skip-tls-verify'] || undefined,
    'certificate-authority-data': ca === null ? undefined : Buffer.from(ca).toString('base64'),
    'proxy-url': clusterEntry['proxy-url'] || undefined,
    'disable-compression': clusterEntry['disable-compression'] || undefined,
    config: clusterEntry.extensions?.find((one) => one?.name === EXTENSION)?.extension ?? null,
  };
  return {
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { interactive, ...(exec.provideClusterInfo && { cluster }) },
  };
}

function failure(outcome: Outcome, plugin: string, installHint: string | undefined): AccessError {
  if (outcome.end === 'missing') {
    const hint = installHint
      ? installHint.trim().replace(/\s*\n\s*/g, ' ')
      : 'install it, or fetch the kubeconfig anew';
    return new AccessError('exec-plugin-missing', `${plugin} is not installed; ${hint}`);
  }
  const what = outcome.end === 'timeout' ? 'did not answer in time' : `failed with exit code ${outcome.code}`;
  const said = outcome.stderr === '' ? '' : `: ${outcome.stderr}`;
  return new AccessError('exec-plugin-failed', `${plugin} ${what}${said}; run it by itself to see more`);
}

function parseCredential(stdout: string, version: string, plugin: string): ExecCredential {
  const credential = parseJson(stdout);
  const { kind, apiVersion, status } = credential ?? {};
  if (kind !== 'ExecCredential' || typeof status !== 'object' || status === null) {
    throw new AccessError(
      'exec-plugin-failed',
      `${plugin} did not print an ExecCredential; run it by itself to see what it prints`,
    );
  }
  if (apiVersion !== version) {
    throw new AccessError(
      'exec-plugin-failed',
      `${plugin} answered with apiVersion "${apiVersion}" where the kubeconfig says "${version}"; correct the kubeconfig`,
    );
  }
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = status as Record<string, unknown>;
  const expiresAt = Date.parse(text(expirationTimestamp) ?? '') || null;
  const credentials = {
    token: text(token),
    certificate: text(clientCertificateData),
    key: text(clientKeyData),
    expiresAt,
  };
  const isPair = (credentials.certificate === null) === (credentials.key === null);
  if (isPair && (credentials.token ?? credentials.key) !== null) return credentials;
  throw new AccessError(
    'exec-plugin-failed',
    `${plugin} returned neither a token nor a certificate with its key; log in with it anew`,
  );
}

function parseJson(stdout: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(stdout);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
