import { writeFileSync } from 'node:fs';

/** A context, the cluster behind it and its user: what a kubeconfig says of them. */
export interface Place {
  server?: unknown;
  ca?: string;
  user?: object;
  /** In place of the context that names both. */
  context?: unknown;
}

/** Writes a kubeconfig with a context for each place, and returns its path; the first context is the current one. */
export function writeKubeconfig(path: string, places: Record<string, Place>): string {
  const names = Object.keys(places);
  const entries = Object.entries(places);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': names[0],
    clusters: entries.map(([name, { server, ca }]) => ({
      name,
      cluster: { server, ...(ca && { 'certificate-authority-data': Buffer.from(ca).toString('base64') }) },
    })),
    users: entries.map(([name, { user }]) => ({ name, user: user ?? {} })),
    contexts: entries.map(([name, { context }]) => ({
      name,
      context: context === undefined ? { cluster: name, user: name } : context,
    })),
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}
