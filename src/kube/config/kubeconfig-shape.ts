/** What a value of a file must be. A field that is not listed may be anything; null is "not given". */
type Shape =
  | 'text'
  | 'switch'
  | 'base64'
  | { list: Shape }
  | { each: Shape }
  | { fields: Readonly<Record<string, Shape>> };

/** A value that is something else, and where it is. */
export interface Misfit {
  path: readonly (string | number)[];
  wanted: string;
  found: string;
}

const TEXTS: Shape = { list: 'text' };

const CLUSTER: Shape = {
  fields: {
    server: 'text',
    'tls-server-name': 'text',
    'insecure-skip-tls-verify': 'switch',
    'certificate-authority': 'text',
    'certificate-authority-data': 'base64',
    'proxy-url': 'text',
    'disable-compression': 'switch',
    extensions: { list: { fields: { name: 'text' } } },
  },
};

const EXEC: Shape = {
  fields: {
    apiVersion: 'text',
    command: 'text',
    args: TEXTS,
    env: { list: { fields: { name: 'text', value: 'text' } } },
    installHint: 'text',
    provideClusterInfo: 'switch',
    interactiveMode: 'text',
  },
};

const USER: Shape = {
  fields: {
    'client-certificate': 'text',
    'client-certificate-data': 'base64',
    'client-key': 'text',
    'client-key-data': 'base64',
    token: 'text',
    tokenFile: 'text',
    as: 'text',
    'as-uid': 'text',
    'as-groups': TEXTS,
    'as-user-extra': { each: TEXTS },
    username: 'text',
    password: 'text',
    'auth-provider': { fields: { name: 'text', config: { each: 'text' } } },
    exec: EXEC,
  },
};

const KUBECONFIG: Shape = {
  fields: {
    apiVersion: 'text',
    kind: 'text',
    'current-context': 'text',
    clusters: { list: { fields: { name: 'text', cluster: CLUSTER } } },
    contexts: {
      list: { fields: { name: 'text', context: { fields: { cluster: 'text', user: 'text', namespace: 'text' } } } },
    },
    users: { list: { fields: { name: 'text', user: USER } } },
  },
};

const TESTS: Record<string, [wanted: string, test: (value: unknown) => boolean]> = {
  text: ['text', (value) => typeof value === 'string'],
  switch: ['true or false', (value) => typeof value === 'boolean'],
  base64: ['base64', (value) => typeof value === 'string' && isBase64(value)],
  list: ['a list', Array.isArray],
  map: ['a map', (value) => typeof value === 'object' && !Array.isArray(value)],
};

/** The first value of a kubeconfig that is of another type than client-go reads it into (tools/clientcmd/api/v1/types.go), where kubectl refuses the file. */
export function misfitOf(value: unknown, shape: Shape = KUBECONFIG, path: Misfit['path'] = []): Misfit | null {
  if (value === null || value === undefined) return null;
  const [wanted, test] = TESTS[nameOf(shape)] ?? ['', () => true];
  if (!test(value)) return { path, wanted, found: kindOf(value) };
  for (const [key, part] of typeof value === 'object' ? Object.entries(value) : []) {
    const inner = partOf(shape, key);
    const found = inner && misfitOf(part, inner, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return null;
}

function nameOf(shape: Shape): string {
  if (typeof shape === 'string') return shape;
  return 'list' in shape ? 'list' : 'map';
}

function partOf(shape: Shape, key: string): Shape | undefined {
  if (typeof shape === 'string') return undefined;
  if ('list' in shape) return shape.list;
  return 'each' in shape ? shape.each : shape.fields[key];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'a map';
}

/** As Go decodes it: padded, with line breaks anywhere. */
function isBase64(text: string): boolean {
  const letters = text.replace(/[\r\n]/g, '');
  return letters.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(letters);
}
