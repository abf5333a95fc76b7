import type { ContainerLog } from '../../model/container-log.ts';
import { list } from '../meta/list.ts';

export type Logs = readonly ContainerLog[] | null | undefined;

/** What that container logged; null where it was not read, or says nothing. */
export function logOf(logs: Logs, pod: string, container: string): ContainerLog | null {
  return list(logs).find((one) => one.pod === pod && one.container === container && one.text !== '') ?? null;
}

/** Where the lines of a log are from, as a person would look for them. */
export function logSource({ pod, container, previous }: ContainerLog): string {
  return `log of pod/${pod} container ${container}${previous ? ' (previous)' : ''}`;
}
