import type { Ask } from '../model/request.ts';
import { answerFrom } from './answer.ts';
import type { Archive, ArchiveAbout } from './archive.ts';
import { loadArchive } from './load.ts';

/** Opens an archive (see `loadArchive` for what `path` may be) as something to ask, in place of a cluster. Throws a UserError. */
export function openArchive(path: string): { ask: Ask; about: ArchiveAbout } {
  const archive = loadArchive(path);
  return { ask: askArchive(archive), about: archive.about };
}

/** Every answer carries the time at which the archive was made. */
export function askArchive(archive: Archive): Ask {
  const date = archive.about.readAt;
  return (request) => Promise.resolve({ ...answerFrom(archive, request), date });
}
