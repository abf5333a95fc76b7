import { parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

/**
 * The manifest of the krew index for a release: krew-manifest.yaml with the checksum of each archive that it names. Throws
 * where an archive has no place in it, or a place no archive.
 */
export function filledManifest(template: string, checksums: ReadonlyMap<string, string>): string {
  const document = parseDocument(template.replace(/^(#.*\n)+/, ''));
  const platforms = document.getIn(['spec', 'platforms']) as YAMLSeq<YAMLMap>;
  const unused = new Set(checksums.keys());
  for (const platform of platforms.items) {
    const uri = String(platform.get('uri'));
    const archive = uri.slice(uri.lastIndexOf('/') + 1);
    const checksum = checksums.get(archive);
    if (checksum === undefined)
      throw new Error(`krew-manifest.yaml names ${archive}, which this release does not have`);
    platform.set('sha256', checksum);
    unused.delete(archive);
  }
  if (unused.size > 0) throw new Error(`krew-manifest.yaml does not name ${[...unused].join(', ')}`);
  return document.toString({ lineWidth: 0 });
}

/** A krew manifest, of that version: in its own field, and in the address and the name of every archive. */
export function withVersion(template: string, version: string): string {
  return template.replaceAll(/(?<![0-9A-Za-z])v\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?(?=[/_]|$)/gm, version);
}
