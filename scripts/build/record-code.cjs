// Runs the bundle as people will, and saves the code that V8 compiled on the way: node record-code.cjs BUNDLE OUTPUT EXAMPLE
// Without it each start would compile the same functions again, which takes about a third of the time of `status`.
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const [, , path = '', output = '', example = ''] = process.argv;
const bundle = new Script(readFileSync(path, 'latin1'), { filename: 'kubectl-virtop' });

const saved = ['--from', example];
const commandLines = [
  ['status', ...saved],
  ['status', ...saved, '--output=json'],
  ['describe', ...saved],
  ['status', '--server=https://127.0.0.1:1'],
  ['--help'],
  ['__complete', 'status', '-'],
  ['__complete-here', '--context', ''],
];

process.on('beforeExit', () => {
  const next = commandLines.shift();
  if (!next) return;
  process.argv = [process.execPath, 'kubectl-virtop', ...next];
  setImmediate(() => bundle.runInThisContext()(require, __filename));
});
process.on('exit', () => {
  writeFileSync(output, bundle.createCachedData());
  process.exitCode = 0;
});
