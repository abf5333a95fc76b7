import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** One import: `from` is a source file (src/…), `to` a source file or a package. `kind: 'type'` is gone at run time. */
export interface Import {
  from: string;
  to: string;
  kind: 'static' | 'dynamic' | 'type';
}

/** All imports of the program that starts at `entry`, read from esbuild's metafile; type-only ones too. */
export async function importGraph(root: string, entry: string): Promise<Import[]> {
  const runtime = await imports(root, entry, []);
  const all = await imports(root, entry, [keepTypeImports]);
  const isKnown = (one: Import) => runtime.some((other) => other.from === one.from && other.to === one.to);
  return [...runtime, ...all.filter((one) => !isKnown(one)).map((one) => ({ ...one, kind: 'type' as const }))];
}

async function imports(root: string, entry: string, plugins: Plugin[]): Promise<Import[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: 'out',
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins,
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs).flatMap(([from, { imports: found }]) =>
    found.map(
      ({ path, kind }) => ({ from, to: path, kind: kind === 'dynamic-import' ? 'dynamic' : 'static' }) as const,
    ),
  );
}

/** Makes esbuild see what it would drop: `import type` becomes a plain import of the same file. */
const keepTypeImports: Plugin = {
  name: 'keep-type-imports',
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (path.includes(`${sep}node_modules${sep}`)) return null;
      const text = readFileSync(path, 'utf8');
      return { contents: text.replace(/^(?:import|export) type [^;]*? from ('[^']+');/gm, 'import $1;'), loader: 'ts' };
    });
  },
};

/** The room of a source file: the folder below src/, or the file itself for src/cli.ts and src/main.ts. */
export function roomOf(path: string): string | null {
  return /^src\/([^/]+)/.exec(relative('.', path).split(sep).join('/'))?.[1] ?? null;
}
