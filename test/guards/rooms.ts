import { type Import, roomOf } from './graph.ts';

/** Which rooms each room may import: docs/architecture.md. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  objects: ['model'],
  kube: ['model', 'objects'],
  archive: ['model'],
  rules: ['model', 'objects'],
  diagnosis: ['model', 'objects'],
  alerts: ['model', 'objects'],
  impact: ['model', 'objects'],
  timeline: ['model', 'objects'],
  mitigation: ['model', 'objects'],
  report: ['model', 'objects'],
  terminal: ['model'],
};
MAY_IMPORT.commands = Object.keys(MAY_IMPORT);
MAY_IMPORT['cli.ts'] = ['commands', 'terminal', 'model'];
MAY_IMPORT['main.ts'] = ['cli.ts', 'commands', 'terminal', 'model'];

/** Packages that only some rooms may use at run time, and what the others do instead. */
const PACKAGES: { name: RegExp; rooms: string[]; instead: string }[] = [
  {
    name: /^ora$|^(node:)?(readline|tty)/,
    rooms: ['terminal'],
    instead: 'take what you need as an argument from src/terminal/',
  },
  { name: /^yargs$/, rooms: ['cli.ts'], instead: 'take the parsed options as an argument' },
  {
    name: /^@kubernetes\/client-node/,
    rooms: ['kube'],
    instead: 'use `import type`, and let src/kube/ do the reading',
  },
  {
    name: /^(node:)?(http|https|http2|net|tls|dns)$/,
    rooms: ['kube'],
    instead: 'take an `Ask` (src/model/request.ts)',
  },
];

/** Imports that leave the arrows of the architecture, each with what to do instead. */
export function forbiddenImports(graph: readonly Import[]): string[] {
  return graph.flatMap((one) => {
    const room = roomOf(one.from);
    if (room === null) return [];
    const target = roomOf(one.to);
    return target === null ? forbiddenPackage(one, room) : forbiddenRoom(one, room, target);
  });
}

function forbiddenRoom({ from, to }: Import, room: string, target: string): string[] {
  const allowed = MAY_IMPORT[room];
  if (!allowed)
    return [
      `${from}: src/${room}/ is a room that nobody knows: put the file into ${Object.keys(MAY_IMPORT).join(', ')}.`,
    ];
  if (target === room || allowed.includes(target)) return [];
  const rooms = allowed.length > 0 ? `only ${allowed.join(', ')}` : 'no other room';
  return [
    `${from} imports ${to}: ${room} may import ${rooms}. Move what both need to model/ or objects/, or pass it in as an argument.`,
  ];
}

function forbiddenPackage({ from, to, kind }: Import, room: string): string[] {
  if (kind === 'type') return [];
  const rule = PACKAGES.find(({ name }) => name.test(to));
  if (rule && !rule.rooms.includes(room))
    return [`${from} imports ${to}, which only src/${rule.rooms.join(', ')} may: ${rule.instead}.`];
  const isEagerClient = /^@kubernetes\/client-node/.test(to) && kind === 'static';
  return isEagerClient
    ? [`${from} imports ${to} at start, which costs every command time: use await import() where it is needed.`]
    : [];
}

/** Groups of files that import each other at run time, each as one line. */
export function cycles(graph: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, kind } of graph) {
    if (kind !== 'type' && roomOf(to)) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const next of targets.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of [...targets.keys()].sort()) visit(file, []);
  return found.map((line) => `${line}: a cycle. Move what they share to a file that imports neither.`);
}

/** The files and packages that are loaded before any command runs: all that `entry` reaches without an `await import()`. */
export function loadedAtStart(graph: readonly Import[], entry: string): string[] {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { from, to, kind } of graph) {
      if (from === file && kind === 'static') loaded.add(to);
    }
  }
  return [...loaded];
}
