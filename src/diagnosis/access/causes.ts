import type { Cause } from '../../model/cause.ts';
import { CONNECTION_CAUSES } from './connection.ts';
import { LOGIN_CAUSES } from './login.ts';
import { SERVER_CAUSES } from './server.ts';

/** What can stand between a person and the answer, told as the rules tell theirs. */
export const ACCESS_CAUSES: readonly Cause[] = [...CONNECTION_CAUSES, ...LOGIN_CAUSES, ...SERVER_CAUSES];
