import type { Read } from '../model/evidence.ts';

/** What a read brought, or null. */
export function readValue<T>(read: Read<T>): T | null {
  return read.status === 'read' ? read.value : null;
}

/** What stands in the place of what a read did not bring: `<none>` where there is nothing, and why where that is not known. */
export function whyNothing(read: Read<unknown>): string {
  switch (read.status) {
    case 'forbidden':
      return `<not read: ${read.message}>`;
    case 'failed':
      return `<not read: ${read.message}>`;
    case 'unneeded':
      return '<not asked for>';
    default:
      return '<none>';
  }
}
