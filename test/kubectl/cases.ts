import { CLUSTER_TWISTS, PROXY_TWISTS } from './cluster-twists.ts';
import { type Draft, firstDraft, type Twist } from './draft.ts';
import { FILE_TWISTS } from './file-twists.ts';
import { FLAG_TWISTS } from './flag-twists.ts';
import { PLACE_TWISTS } from './place-twists.ts';
import { TEXT_TWISTS } from './text-twists.ts';
import { EXEC_TWISTS, USER_TWISTS } from './user-twists.ts';
import type { World } from './world.ts';

/** One kubeconfig, environment and command line. */
export interface Case {
  /** The names of its twists. */
  twists: readonly string[];
  draft: Draft;
  /** Whether the flags stand before the sub-command. */
  isBefore: boolean;
}

export type Random = () => number;

/** In a mixture one of each sort at most, in this order: flags come last, for they add up. */
const SORTS: readonly (readonly Twist[])[] = [
  [...FILE_TWISTS, ...TEXT_TWISTS, ...PLACE_TWISTS],
  CLUSTER_TWISTS,
  PROXY_TWISTS,
  USER_TWISTS,
  EXEC_TWISTS,
  FLAG_TWISTS,
];
/** How often a mixture may hold something that ends before anything is asked. */
const BROKEN = 0.15;

/** Every twist alone. */
export function singleCases(random: Random, world: World): Case[] {
  return SORTS.flat().map((twist) => caseOf([twist], random, world));
}

/** So many mixtures of flags with one to three other sorts, mostly of twists that kubectl is known to ask with. */
export function mixedCases(random: Random, count: number, asks: ReadonlySet<string>, world: World): Case[] {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const sound = SORTS.map((sort) => sort.filter(([name]) => asks.has(name)));
  const flags = SORTS.length - 1;
  return Array.from({ length: count }, () => {
    const others = Array.from({ length: 1 + Math.floor(random() * 3) }, () => Math.floor(random() * flags));
    const sorts = [...new Set(others)].sort((a, b) => a - b);
    const twists = [...sorts, flags, flags].map((sort) => pick((random() < BROKEN ? SORTS : sound)[sort] ?? []));
    return caseOf(twists, random, world);
  });
}

function caseOf(twists: readonly Twist[], random: Random, world: World): Case {
  const draft = firstDraft(world);
  for (const [, apply] of twists) apply(draft, world);
  return { twists: twists.map(([name]) => name), draft, isBefore: random() < 0.5 };
}

/** Mulberry32: the same numbers for the same seed everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
