import type { CanIItem, CanIList } from '../../model/can-i.ts';
import { blank, type Line, line, type Output, span } from '../../model/line.ts';
import { table } from '../table.ts';

/** The page of `can-i`, `-o wide` or not. */
export function canIPage(list: CanIList, isWide: boolean): Output {
  return { kind: 'lines', lines: canILines(list, isWide) };
}

/** More of what a right is needed for than this is only counted; -o wide names all. */
const MOST_TEXT = 50;

function canILines(list: CanIList, isWide: boolean): Line[] {
  const heads = ['VERB', 'RESOURCE', 'NAMESPACE', 'NEEDED-FOR', 'ALLOWED', ...(isWide ? ['ACCESS', 'VERDICT'] : [])];
  const rows = list.items.map((item) => [
    item.verb,
    item.group === '' ? item.resource : fullName(item),
    item.namespace ?? '*',
    uses(item, isWide),
    item.allowed,
    ...(isWide ? [item.access, item.required ? 'needs it' : '-'] : []),
  ]);
  return [...table(heads, rows), blank, ...summary(list)];
}

/** `deployments.apps/scale`. */
function fullName({ group, resource }: CanIItem): string {
  const [main, subresource] = resource.split('/');
  return `${main}.${group}${subresource ? `/${subresource}` : ''}`;
}

function uses({ neededFor }: CanIItem, isWide: boolean): string {
  const all = neededFor.join(', ');
  if (isWide || all.length <= MOST_TEXT) return all;
  const [first = '', ...rest] = neededFor;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

function summary({ user, items, operator, verdictAllowed }: CanIList): Line[] {
  const who = user ?? 'this user';
  const missing = items.filter(({ allowed }) => allowed !== 'yes');
  const count = (access: CanIItem['access']) => missing.filter((one) => one.access === access).length;
  const verdict = verdictAllowed
    ? span(`${who} may make every read that a verdict needs.`, 'good')
    : span(`${who} may not make every read that a verdict needs.`, 'bad');
  const assumed = line(`No virt-operator was found: namespace ${operator.namespace} is assumed; give another with -n.`);
  const role = line(
    `Missing: ${count('read')} for reading, ${count('write')} for repairs. --role prints the RBAC objects that allow what reading needs, with --writes repairs too.`,
  );
  return [line([verdict]), ...(operator.foundBy === null ? [assumed] : []), ...(missing.length > 0 ? [role] : [])];
}
