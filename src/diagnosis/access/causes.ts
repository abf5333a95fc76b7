import type { Cause } from '../../model/cause.ts';
import { CONNECTION_CAUSES } from './connection.ts';
import { LOGIN_CAUSES } from './login.ts';
import { SERVER_CAUSES } from './server.ts';

/** What can stand between a person and the answer, told as the rules tell theirs. */
export const ACCESS_CAUSES: readonly Cause[] = [...CONNECTION_CAUSES, ...LOGIN_CAUSES, ...SERVER_CAUSES];

/** The cause that a failure is reported as: a server from which nothing comes in time is one that cannot be reached. */
export function accessCause(code: string): Cause {
  const name = code === 'timeout' ? 'api-unreachable' : code;
  const cause = ACCESS_CAUSES.find((one) => one.code === name);
  if (!cause) throw new Error(`no access cause is called ${name}`);
  return cause;
}
