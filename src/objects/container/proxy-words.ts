const ANSWERS = 'Bad Gateway|Service Unavailable|Gateway Time-?out|Forbidden|Proxy Authentication Required';

/**
 * What Go's net/http says where a proxy is to carry a call, and does not: it cannot be reached, or it answers CONNECT with this status,
 * which is told without its number. A registry's or an API server's own status comes with it, or in other words.
 */
const PROXY = new RegExp(`proxyconnect tcp: |: (?:${ANSWERS})(?=\\s*$|; artifact err)`, 'i');

/** Whether words about a call say that a proxy did not let it through. */
export function isProxyAnswer(words: string): boolean {
  return PROXY.test(words);
}
