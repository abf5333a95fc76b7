import { ACCESS_CAUSES } from '../diagnosis/access/causes.ts';
import type { Cause } from '../model/cause.ts';
import { rules } from '../rules/index.ts';

/** Every cause that a report may name. */
export const CAUSES: readonly Cause[] = [...ACCESS_CAUSES, ...rules];
