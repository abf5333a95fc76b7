import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { importGraph } from './graph.ts';
import { cycles, forbiddenImports, loadedAtStart } from './rooms.ts';

const test = suite('rooms');
const root = join(import.meta.dirname, '../..');

/** The complaints about a program with these files. */
async function complaints(files: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'virtop-rooms-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const graph = await importGraph(folder, 'src/main.ts');
    return [...forbiddenImports(graph), ...cycles(graph)].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the program keeps to its arrows and has no cycles', async () => {
  const graph = await importGraph(root, 'src/main.ts');
  assert.ok(graph.length > 100, 'the graph of the program is too small to be true');
  assert.equal([...forbiddenImports(graph), ...cycles(graph)], []);
});

test('an import against the arrows is named', async () => {
  const said = await complaints({
    'src/main.ts': "import './commands/a.ts';",
    'src/commands/a.ts': "import '../rules/b.ts';",
    'src/rules/b.ts': "import { c } from '../kube/c.ts';\nconsole.log(c);",
    'src/kube/c.ts': 'export const c = 1;',
  });
  assert.match(said, 'src/rules/b.ts imports src/kube/c.ts: rules may import only model, objects.');
});

test('so is one that imports only a type, and a lazy one', async () => {
  const said = await complaints({
    'src/main.ts': "import './cli.ts';",
    'src/cli.ts':
      "import type { C } from './kube/c.ts';\nexport const run = async (c: C) => [c, await import('./rules/d.ts')];",
    'src/kube/c.ts': 'export type C = 1;',
    'src/rules/d.ts': 'export const d = 1;',
  });
  assert.match(said, 'src/cli.ts imports src/kube/c.ts: cli.ts may import only commands, terminal, model.');
  assert.match(said, 'src/cli.ts imports src/rules/d.ts');
});

test('a room that is not in the table is named', async () => {
  const said = await complaints({
    'src/main.ts': "import './commands/a.ts';",
    'src/commands/a.ts': "import '../utils/b.ts';",
    'src/utils/b.ts': "import '../model/c.ts';",
    'src/model/c.ts': 'export const c = 1;',
  });
  assert.match(said, 'src/utils/ is a room that nobody knows');
});

test('packages stay where they belong', async () => {
  const said = await complaints({
    'src/main.ts': "import './commands/a.ts';",
    'src/commands/a.ts':
      "import '../kube/k.ts';\nimport ora from 'ora';\nimport 'node:readline/promises';\nimport 'node:http2';\nora();",
    'src/kube/k.ts': "import { KubeConfig } from '@kubernetes/client-node';\nnew KubeConfig();",
  });
  assert.match(said, 'src/commands/a.ts imports ora, which only src/terminal may');
  assert.match(said, 'src/commands/a.ts imports node:readline/promises');
  assert.match(said, 'src/commands/a.ts imports node:http2');
  assert.match(said, 'src/kube/k.ts imports @kubernetes/client-node at start');
});

test('a cycle is named with its files', async () => {
  const said = await complaints({
    'src/main.ts': "import './cli.ts';",
    'src/cli.ts': "import './model/a.ts';",
    'src/model/a.ts': "import { b } from './b.ts';\nexport const a = () => b;",
    'src/model/b.ts': "import { a } from './a.ts';\nexport const b = () => a;",
  });
  assert.match(said, 'src/model/a.ts → src/model/b.ts → src/model/a.ts: a cycle');
});

/** What makes a command slow to start, and belongs behind an `await import()` in the command that needs it. */
const HEAVY = /^(@kubernetes\/client-node|ora$|yaml$|node:(http|tls|net)|src\/(kube|archive|rules|diagnosis)\/)/;

test('version and --help load no reader, no rule and no client', async () => {
  const loaded = loadedAtStart(await importGraph(root, 'src/main.ts'), 'src/main.ts');
  assert.ok(loaded.includes('src/commands/status.ts'), 'the commands themselves are loaded');
  assert.equal(
    loaded.filter((path) => HEAVY.test(path)),
    [],
  );
});

test('explain loads the rules, and no reader, client or writer of YAML', async () => {
  const graph = await importGraph(root, 'src/main.ts');
  const loaded = ['causes.ts', 'explain.ts'].flatMap((file) => loadedAtStart(graph, `src/commands/${file}`));
  assert.ok(loaded.includes('src/rules/index.ts'));
  assert.equal(
    loaded.filter((path) => HEAVY.test(path) && !/^src\/(rules|diagnosis\/access)\//.test(path)),
    [],
  );
});

test('what is loaded at start follows static imports only', () => {
  const graph = [
    { from: 'src/main.ts', to: 'src/cli.ts', kind: 'static' as const },
    { from: 'src/cli.ts', to: 'src/rules/index.ts', kind: 'static' as const },
    { from: 'src/cli.ts', to: 'src/kube/ask.ts', kind: 'dynamic' as const },
    { from: 'src/cli.ts', to: 'src/model/rule.ts', kind: 'type' as const },
  ];
  assert.equal(loadedAtStart(graph, 'src/main.ts'), ['src/main.ts', 'src/cli.ts', 'src/rules/index.ts']);
});

test.run();
