import type { Twist } from './draft.ts';
import type { World } from './world.ts';

const text = (name: string, content: (world: World) => string): Twist => [
  name,
  (draft, world) => {
    draft.text = content(world);
  },
];
const small = (world: World, more: string) => `current-context: m
contexts: [{name: m, context: {cluster: m, user: m}}]
users: [{name: m, user: {token: of-text}}]
clusters: [{name: m, cluster: {server: "https://127.0.0.1:${world.ports.one}", certificate-authority: pki/one.crt}}]
${more}`;

/** Kubeconfigs as they may be written, well or badly. */
export const TEXT_TWISTS: readonly Twist[] = [
  text('empty file', () => ''),
  text('file of a comment', () => '# nothing\n'),
  text('file of text', () => 'hello'),
  text('file of a list', () => '- a\n'),
  text('YAML', (world) => small(world, '')),
  text('YAML 1.1 truth', (world) =>
    small(world, '').replace('certificate-authority: pki/one.crt', 'insecure-skip-tls-verify: yes'),
  ),
  text('YAML with a date and a time', (world) =>
    small(world, '')
      .replaceAll('name: m,', 'name: 2026-01-01,')
      .replace('current-context: m', 'current-context: 2026-01-01')
      .replace('token: of-text', 'username: 12:30:00'),
  ),
  text('YAML with an anchor', (world) =>
    small(world, '')
      .replace('{token: of-text}', '&a {token: of-text}')
      .replace(']\nclusters', ', {name: n, user: *a}]\nclusters')
      .replace('user: m}', 'user: n}'),
  ),
  text('YAML with a key twice', (world) => small(world, 'current-context: m\n')),
  text('YAML of two documents', (world) => small(world, '---\ncurrent-context: x\n')),
  text('YAML that is broken', (world) => small(world, 'x: {\n')),
  text('YAML with a tab', () => 'clusters:\n\t- name: a\n'),
  text('unknown fields', (world) => small(world, 'preferences: {colors: true}\nmore: [1]\n')),
  text('nulls', (world) =>
    small(world, 'extensions: null\n').replace(
      '{token: of-text}',
      '{token: of-text, exec: null, as-groups: null, username: null}',
    ),
  ),
  text('a number for a token', (world) => small(world, '').replace('of-text', '12345')),
  text('a text for a truth', (world) =>
    small(world, '').replace('certificate-authority: pki/one.crt', 'insecure-skip-tls-verify: "true"'),
  ),
  text('a map for clusters', (world) =>
    small(world, '').replace('clusters: [', 'clusters: {a: ').replace(/\]\n$/, '}\n'),
  ),
  text('a text for a user', (world) => small(world, '').replace('{token: of-text}', 'of-text')),
  text('a text for groups', (world) => small(world, '').replace('of-text}', 'of-text, as: a, as-groups: b}')),
  text('a name twice', (world) =>
    small(world, '').replace(']\nclusters', ', {name: m, user: {token: second}}]\nclusters'),
  ),
  text('another kind', (world) => small(world, 'kind: Pod\n')),
  text('another apiVersion', (world) => small(world, 'apiVersion: v2\n')),
];
