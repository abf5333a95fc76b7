import { transformSync } from 'esbuild';
import { roomOf } from './graph.ts';

const MOST_LINES = 200;
const GENERATED = ['src/rules/index.ts', 'src/kube/read/shapes.ts'];

/** What a source file (`path` from the root, and its text) does that it should not, each with what to do instead. */
export function sourceComplaints(path: string, text: string): string[] {
  return [...tooLong(path, text), ...(path.startsWith('src/') ? forbiddenWords(path, text) : [])];
}

function tooLong(path: string, text: string): string[] {
  const lines = text.split('\n').length - 1;
  const isExempt = GENERATED.includes(path) || path.endsWith('.test.ts');
  return lines > MOST_LINES && !isExempt
    ? [`${path} has ${lines} lines, over ${MOST_LINES}: split it into files for one thing each.`]
    : [];
}

/** Looks at the code without its comments and types. */
function forbiddenWords(path: string, text: string): string[] {
  const { code } = transformSync(text, { loader: 'ts', legalComments: 'none' });
  const isMain = path === 'src/main.ts';
  const prints = isMain || roomOf(path) === 'terminal';
  const rules = [
    {
      found: !prints && /\bconsole\s*[.[]/.test(code),
      said: 'uses console: return lines and let src/terminal/ print them',
    },
    {
      found: !isMain && /\bprocess\s*[.[]/.test(code),
      said: 'uses process, which only src/main.ts may: take what you need as an argument',
    },
    {
      found: !isMain && /['"](node:)?process['"]/.test(code),
      said: 'imports process, which only src/main.ts may: take what you need as an argument',
    },
    {
      found: /\bDate\.now\(|new Date\(\)/.test(code) && isPure(path),
      said: 'asks the clock: take the time from evidence.readAt',
    },
  ];
  return rules.filter(({ found }) => found).map(({ said }) => `${path} ${said}.`);
}

/** Rooms that decide from data alone. */
function isPure(path: string): boolean {
  return ['model', 'objects', 'rules', 'diagnosis', 'alerts', 'impact', 'timeline', 'mitigation', 'report'].includes(
    roomOf(path) ?? '',
  );
}
