// `npm run check`: format, lint, types, unused code, and whether the generated files are fresh.
import { spawn } from 'node:child_process';
import { root } from './runtime.mjs';

const CHECKS: Record<string, string[]> = {
  'format and lint': ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  types: ['node_modules/typescript/bin/tsc', '-p', '.'],
  'import guard': ['test/run.ts', 'guards/'],
  'unused code and dependencies': ['node_modules/knip/bin/knip.js'],
  'generated files': ['scripts/generate.ts', '--check'],
};

/** Runs one check on this runtime; its output is shown only when it fails. */
function run(args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

const results = await Promise.all(
  Object.entries(CHECKS).map(async ([name, args]) => {
    const { ok, output } = await run(args);
    console.log(ok ? `  ok    ${name}` : `${output}\n  FAIL  ${name}: node ${args.join(' ')}`);
    return ok;
  }),
);
const failed = results.filter((ok) => !ok).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
