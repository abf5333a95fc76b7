import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Logs } from './log.ts';

/** A request that the cluster refused when the archive was made. A `path` that ends in `*` stands for all paths that begin so. */
export interface RefusedPath {
  path: string;
  /** HTTP status code. */
  status: number;
  message: string;
}

/** What an archive says about itself. */
export interface ArchiveAbout {
  /** `recorded` from a cluster or `written` by hand; null for output of `kubectl get`. */
  origin: 'recorded' | 'written' | null;
  /** The API server's version, as in `v1.36.3`. */
  kubernetes: string | null;
  kubevirt: string | null;
  /** When the objects were read, RFC 3339. */
  readAt: string;
  refused: RefusedPath[];
  /** The requests that it holds the answers to (see asked.ts); null: to all, as for a cluster that was written by hand. */
  asked: string[] | null;
  /** How many objects there were under a list's path, where the archive holds only the first of them; 0 for a custom resource that is served. */
  counts: Record<string, number>;
  /** The last lines of containers' logs, by the URL that asks for them without bounds (see `logAnswer`). */
  logs: Logs;
}

/** A set of Kubernetes objects that answers as the cluster did. */
export interface Archive {
  about: ArchiveAbout;
  objects: KubernetesObject[];
  /** Whether a missing object means that the cluster had none. Not so for output of `kubectl get`, which holds what somebody asked for. */
  complete: boolean;
}
