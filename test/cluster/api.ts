import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Cluster } from './cluster.ts';
import { start } from './processes.ts';

/** A socket outside the cluster's network, behind which the administrator's `kubectl proxy` runs. */
const SOCKET = 'run/api.sock';

interface Answer {
  code: number;
  text: string;
}

/** Lets this and other processes ask the API server without starting kubectl for each question. */
export function startProxy(cluster: Cluster): void {
  const args = ['proxy', `--unix-socket=${SOCKET}`, `--kubeconfig=${cluster.kubeconfig}`];
  start(cluster, 'proxy', join(cluster.binaries, 'bin', 'kubectl'), args);
}

/** Asks the API server as the administrator; what it answers is not an error. */
export async function ask(cluster: Cluster, method: string, path: string, body?: object): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const asked = request({ socketPath: join(cluster.directory, SOCKET), method, path, headers, agent: false });
  asked.setTimeout(30_000, () => asked.destroy(new Error(`no answer in 30 s: ${method} ${path}`)));
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = await once(asked, 'response');
  return { code: response.statusCode, text: await text(response) };
}

/** The object or list at a path such as `/api/v1/nodes`; `null` when it does not exist. */
export async function read<T>(cluster: Cluster, path: string): Promise<T | null> {
  const answer = await ask(cluster, 'GET', path);
  return answer.code === 404 ? null : JSON.parse(successful(answer, `GET ${path}`));
}

/** Creates an object in the collection at a path, as `kubectl create` does: unknown fields are refused. */
export async function post(cluster: Cluster, path: string, object: object): Promise<void> {
  const answer = await ask(cluster, 'POST', `${path}?fieldManager=kubectl-create&fieldValidation=Strict`, object);
  successful(answer, `POST ${path}`);
}

/** Deletes what is at these paths, its dependents later; what does not exist is no error. */
export async function remove(cluster: Cluster, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await ask(cluster, 'DELETE', path, { propagationPolicy: 'Background' });
    if (answer.code !== 404) successful(answer, `DELETE ${path}`);
  }
}

function successful({ code, text }: Answer, what: string): string {
  if (code < 200 || code > 299) throw new Error(`${what}: ${code} ${text.trim()}`);
  return text;
}
