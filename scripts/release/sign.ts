import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { goTools } from '../../test/cluster/go.ts';

/**
 * Gives Mach-O executables an ad-hoc signature, without which macOS on Apple silicon runs nothing. It says nothing about
 * who made them. It holds no time: the same executable gets the same signature.
 */
export async function signAdHoc(paths: readonly string[]): Promise<void> {
  const quill = await quillPath();
  for (const path of paths) {
    execFileSync(quill, ['sign', path, '--ad-hoc', '--identity', 'kubectl-virtop', '--quiet'], { stdio: 'pipe' });
  }
}

/** anchore's quill, built from its Go module. */
export async function quillPath(): Promise<string> {
  const folder = join(import.meta.dirname, 'go', 'quill');
  return join(await goTools(folder, ['github.com/anchore/quill/cmd/quill']), 'quill');
}
