import { isAbsolute, join } from 'node:path';

type Fields = Record<string, unknown>;

const PATH_FIELDS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** A kubeconfig's entry without what is null, its paths starting from the folder that the file is in; a plugin's mode is filled in. */
export function withWholePaths(entry: Fields, folder: string): Fields {
  const given = Object.entries(entry).filter(([, value]) => value !== null);
  const resolved = given.map(([key, value]) => [
    key,
    PATH_FIELDS.includes(key) ? inFolder(value as string, folder) : value,
  ]);
  const { exec, ...rest } = Object.fromEntries(resolved);
  return typeof exec === 'object' ? { ...rest, exec: plugin(exec as Fields, folder) } : rest;
}

/** Only before v1 a plugin need not say whether it asks a person (client-go tools/clientcmd/api/v1/defaults.go). */
function plugin(exec: Fields, folder: string): Fields {
  const mode = /\/v1(alpha|beta)1$/.test(String(exec.apiVersion)) ? 'IfAvailable' : undefined;
  return { ...exec, command: commandIn(exec.command, folder), interactiveMode: exec.interactiveMode || mode };
}

/** A plugin is looked up on PATH unless its name is a path. */
function commandIn(command: unknown, folder: string): unknown {
  return typeof command === 'string' && /[\\/]/.test(command) ? inFolder(command, folder) : command;
}

function inFolder(path: string, folder: string): string {
  return path === '' || isAbsolute(path) ? path : join(folder, path);
}
