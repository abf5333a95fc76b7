/** What a metric has now: a number, no sample, or nobody knows. */
export type Sample = number | 'none' | 'unknown';
/** The present sample of a metric, by its name in a rule. */
export type Metrics = (name: string) => Sample;

const TOKEN = /\s*([a-zA-Z_:][\w:]*|\d+(?:\.\d+)?|==|!=|<=|>=|[<>/(){},]|'[^']*'|"[^"]*"|=~|!~|=)/y;
const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** KubeVirt's own are under 500 characters. */
const MAX_LENGTH = 2000;

/**
 * What an alert's expression comes to, as far as PromQL is used in the alerts of virt-operator: names, numbers, `/`, comparisons,
 * `and`, `or`, `on()`, `vector()` and parentheses (prometheus docs/querying/operators.md). `none` is silence; whatever else it holds is `unknown`.
 */
export function evaluate(text: string, metrics: Metrics): Sample {
  const tokens = text.length > MAX_LENGTH ? null : tokensOf(text);
  if (tokens === null) return 'unknown';
  const parser = { tokens, at: 0, metrics };
  try {
    const value = either(parser);
    return parser.at === tokens.length ? value : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** The metrics that an expression names, each once. */
export function metricsIn(text: string): string[] {
  const names = text.replace(/\{[^}]*\}/g, '').match(/[a-zA-Z_:][\w:]*/g) ?? [];
  return [...new Set(names)].filter((name) => name.includes('_'));
}

interface Parser {
  tokens: string[];
  at: number;
  metrics: Metrics;
}

function tokensOf(text: string): string[] | null {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const token = pattern.exec(text)?.[1];
    if (token === undefined) return null;
    tokens.push(token);
  }
  return tokens;
}

function take(parser: Parser, ...wanted: string[]): string | null {
  const token = parser.tokens[parser.at];
  if (token === undefined || !wanted.includes(token)) return null;
  parser.at += 1;
  return token;
}

function need(parser: Parser, wanted: string): void {
  if (take(parser, wanted) === null) throw new Error(`no ${wanted}`);
}

function either(parser: Parser): Sample {
  let left = both(parser);
  while (take(parser, 'or')) {
    const right = both(parser);
    if (left === 'none') left = right;
  }
  return left;
}

function both(parser: Parser): Sample {
  let left = comparison(parser);
  while (take(parser, 'and')) {
    matching(parser);
    const right = comparison(parser);
    left = combine(left, right, (value) => value);
  }
  return left;
}

function comparison(parser: Parser): Sample {
  const left = quotient(parser);
  const sign = take(parser, ...Object.keys(COMPARE));
  if (sign === null) return left;
  matching(parser);
  return combine(left, quotient(parser), (a, b) => (COMPARE[sign]?.(a, b) ? a : 'none'));
}

function quotient(parser: Parser): Sample {
  let left = primary(parser);
  while (take(parser, '/')) {
    matching(parser);
    left = combine(left, primary(parser), (a, b) => a / b);
  }
  return left;
}

function primary(parser: Parser): Sample {
  if (take(parser, '(')) {
    const inner = either(parser);
    need(parser, ')');
    return inner;
  }
  const token = parser.tokens[parser.at] ?? '';
  parser.at += 1;
  if (/^\d/.test(token)) return Number(token);
  if (!/^[a-zA-Z_:]/.test(token)) throw new Error(`no value at ${token}`);
  if (token === 'vector') return primary(parser);
  if (parser.tokens[parser.at] === '(') throw new Error(`function ${token}`);
  if (take(parser, '{')) while (take(parser, '}') === null) skip(parser);
  return parser.metrics(token);
}

/** `on()`: which labels must match. The metrics here have one series each. */
function matching(parser: Parser): void {
  if (take(parser, 'on', 'ignoring') === null) return;
  need(parser, '(');
  while (take(parser, ')') === null) skip(parser);
}

function skip(parser: Parser): void {
  if (parser.at >= parser.tokens.length) throw new Error('no end');
  parser.at += 1;
}

function combine(left: Sample, right: Sample, how: (a: number, b: number) => Sample): Sample {
  if (left === 'none' || right === 'none') return 'none';
  return left === 'unknown' || right === 'unknown' ? 'unknown' : how(left, right);
}
