import { UserError } from '../../model/errors.ts';
import type { Line, Output } from '../../model/line.ts';
import { paragraphs } from '../entry.ts';
import type { View } from '../view.ts';
import { conclusions } from './conclusions.ts';
import { deploymentSection } from './deployment.ts';
import { eventSection } from './events.ts';
import { leaseSection } from './leases.ts';
import { namespaceSection } from './namespace.ts';
import { nodeSection } from './nodes.ts';
import { overview } from './overview.ts';
import { podSection } from './pods.ts';
import { replicaSetSection } from './replica-sets.ts';
import { parseSubject, type Subject } from './subject.ts';
import { unreadSection } from './unread.ts';

/** One block of the page; empty where it has nothing about the subject. */
export type Section = (view: View, subject: Subject | null) => Line[];

const SECTIONS: readonly Section[] = [
  conclusions,
  namespaceSection,
  deploymentSection,
  replicaSetSection,
  podSection,
  nodeSection,
  leaseSection,
  eventSection,
];

/**
 * Everything that was read, or only what concerns `subject`: a cause's code or KIND/NAME.
 * Throws a UserError when nothing that was read has that name.
 */
export function describeView(view: View, subject: string | null): Output {
  const wanted = subject === null ? null : parseSubject(subject);
  const blocks = SECTIONS.map((section) => section(view, wanted));
  if (wanted === null) return lines([overview(view), ...blocks, unreadSection(view)]);
  if (blocks.every((block) => block.length === 0)) throw new UserError(notFound(view, wanted));
  return lines(blocks);
}

function lines(blocks: Line[][]): Output {
  return { kind: 'lines', lines: paragraphs(...blocks) };
}

function notFound({ report }: View, subject: Subject): string {
  if ('kind' in subject) {
    const kind = subject.kind.toLowerCase();
    return subject.name === null ? `no ${kind} was read` : `${kind} "${subject.name}" is not among what was read`;
  }
  const codes = [...report.causes, ...report.findings].map((one) => one.code);
  const seen = codes.length > 0 ? `seen: ${[...new Set(codes)].join(', ')}` : 'no cause and no finding was seen';
  return `"${subject.code}" was not seen here; ${seen}`;
}
