import type { Action } from '../model/action.ts';
import type { ChangeAnswer } from '../model/change.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { RepairStep } from '../model/repair.ts';
import { managerOf } from '../objects/meta/manager.ts';
import { redact } from '../objects/meta/redact.ts';
import { afterChange } from './apply-patch.ts';
import { diffLines } from './diff.ts';
import type { Hands, Wishes } from './hands.ts';

/** A change that was checked as far as that is possible without making it. */
export interface Prepared {
  action: Action;
  step: RepairStep;
  /** Why it cannot be made; null when nothing is known against it. */
  problem: string | null;
  /** The object is not any more what it was when the change was planned. */
  conflict: boolean;
}

/** Checks a change: the rights to it, who may undo it, what the server says to it, and how the object will look. */
export async function prepare(
  action: Action,
  { mayI, send }: Pick<Hands, 'mayI' | 'send'>,
  { dryRun }: Pick<Wishes, 'dryRun'>,
): Promise<Prepared> {
  const rights = await Promise.all(action.rights.map(async (right) => ({ ...right, allowed: await mayI(right) })));
  const missing = rights.find(({ allowed }) => allowed === 'no');
  const isSure = action.request.method === 'POST' || !!action.before?.metadata?.uid;
  const isTried = dryRun !== 'client' && !missing && isSure;
  const answer = isTried ? await send(action.request, { dryRun: true }) : null;
  const step = stepOf(action, rights, answer);
  const empty =
    step.diff.length === 0 ? `there is nothing to change in ${action.target.kind} ${action.target.name}` : null;
  const problem = missing ? noRight(missing) : (unsure(action, isSure) ?? objection(answer) ?? empty);
  return {
    action,
    step,
    problem: problem && redact(problem),
    conflict: answer?.status === 'conflict',
  };
}

function noRight({ verb, group, resource, namespace }: RepairStep['rights'][number]): string {
  const where = namespace === null ? '' : ` in namespace ${namespace}`;
  const what = `${verb} ${group ? `${resource}.${group}` : resource}${where}`;
  return `you have no right to ${what}; kubectl virtop can-i --role --writes prints what allows it`;
}

/** Without a uid an object cannot be told from another of its name. */
function unsure({ target }: Action, isSure: boolean): string | null {
  return isSure ? null : `${target.kind} ${target.name} was read without its uid`;
}

function objection(answer: ChangeAnswer | null): string | null {
  if (!answer || answer.status === 'done' || answer.status === 'noDryRun') return null;
  const words = { forbidden: 'you may not: ', conflict: '', denied: '', invalid: '', absent: '', failed: '' };
  return `${words[answer.status]}${answer.message}`;
}

function stepOf(action: Action, rights: RepairStep['rights'], answer: ChangeAnswer | null): RepairStep {
  const { title, target, before, risk, cautions, precondition, undo, command, request } = action;
  const { kind, namespace, name } = target;
  const after = answer?.status === 'done' ? serversView(action, answer.body) : afterChange(before, request);
  return {
    title: redact(title),
    object: { kind, namespace, name },
    risk,
    cautions: cautions.map(redact),
    precondition,
    rights,
    owner: ownerOf(action),
    notUndoable: undo.possible ? null : undo.why,
    trial: trialOf(answer),
    diff: diffLines(before, after).map(({ sign, text }) => `${sign}${text}`),
    command: redact(command),
    result: 'notDone',
  };
}

/** Who may undo a change. Nobody brings a pod back, or cares for an annotation; OLM puts the replicas back to what we set them to, if anything. */
function ownerOf({ name, before, risk, request }: Action): string | null {
  const manager = managerOf(before);
  if (!manager || risk === 'none' || request.method === 'DELETE') return null;
  if (manager.tool === 'OLM' && name === 'scale-up') return null;
  return redact(`${manager.tool} (${manager.mark}) may undo it: a lasting change belongs ${manager.where}`);
}

/** The object as the server would store it. Of a subresource or a deletion it sends something else. */
function serversView({ before, request, target }: Action, body: unknown): KubernetesObject | null {
  const isWhole = request.method === 'POST' || request.path === target.path;
  if (request.method === 'DELETE' || !isWhole) return afterChange(before, request);
  return body as KubernetesObject;
}

function trialOf(answer: ChangeAnswer | null): RepairStep['trial'] {
  if (answer === null) return 'notTried';
  if (answer.status === 'done') return 'accepted';
  return answer.status === 'noDryRun' ? 'notSupported' : 'refused';
}
