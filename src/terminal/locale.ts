import type { Io } from './io.ts';

/** Whether text may go out as UTF-8: LC_ALL, LC_CTYPE and LANG, the first that is set decides (POSIX); Windows Terminal and macOS can. */
export function isUtf8({ env, platform }: Pick<Io, 'env' | 'platform'>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return platform === 'darwin' || (platform === 'win32' && !!env.WT_SESSION);
}
