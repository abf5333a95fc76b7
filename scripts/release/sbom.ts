import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../runtime.mjs';

interface Component {
  type: string;
  name: string;
  version: string;
  'bom-ref': string;
  [field: string]: unknown;
}

interface Bom {
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

/** In `process.versions`, but no software: numbers of interfaces and of standards. */
const NO_SOFTWARE = new Set(['node', 'modules', 'napi', 'unicode', 'cldr', 'tz']);

/**
 * The list of what is in the executable, as CycloneDX 1.6: the packages that esbuild bundled, from its metafile, and the Node
 * runtime with what it says that it was built with. No time and no serial number: the same release has the same list.
 */
export function sbom(metafile: string): string {
  const tool = join(root, 'node_modules/@cyclonedx/cyclonedx-esbuild/bin/cyclonedx-esbuild-cli.js');
  const options = ['--output-reproducible', '--spec-version=1.6', '--validate', `--build-working-dir=${root}`];
  const bom: Bom = JSON.parse(
    execFileSync(process.execPath, [tool, ...options, metafile], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const node = nodeComponent();
  const isProgram = ({ ref }: { ref: string }) => ref === bom.metadata.component['bom-ref'];
  const dependencies = bom.dependencies.map((one) =>
    isProgram(one) ? { ...one, dependsOn: [...(one.dependsOn ?? []), node['bom-ref']].sort() } : one,
  );
  const { name, version } = bom.metadata.component;
  return `${JSON.stringify(
    {
      ...bom,
      metadata: {
        ...bom.metadata,
        component: { ...bom.metadata.component, purl: `pkg:github/${name}/${name}@v${version}` },
      },
      components: [...bom.components, node],
      dependencies: [...dependencies, { ref: node['bom-ref'] }],
    },
    null,
    2,
  )}\n`;
}

function nodeComponent(): Component {
  const { node: version } = process.versions;
  const parts = Object.entries(process.versions).filter(([name, value]) => value && !NO_SOFTWARE.has(name));
  return {
    type: 'platform',
    name: 'node',
    version,
    'bom-ref': `node@${version}`,
    description: 'Node.js, the runtime that the program is in',
    licenses: [
      {
        license: {
          name: 'Node.js and what it is made of',
          url: `https://github.com/nodejs/node/blob/v${version}/LICENSE`,
        },
      },
    ],
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    purl: `pkg:github/nodejs/node@v${version}`,
    components: parts.map(([name, value]) => ({
      type: 'library',
      name,
      version: value,
      'bom-ref': `node@${version}/${name}`,
      ...(name === 'openssl' ? { cpe: `cpe:2.3:a:openssl:openssl:${value}:*:*:*:*:*:*:*` } : {}),
    })),
  };
}
