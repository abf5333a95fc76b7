const CAP = 300;

/** Text from elsewhere as one line of at most 300 characters, without control characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > CAP ? `${line.slice(0, CAP)}…` : line;
}
