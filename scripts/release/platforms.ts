import { join } from 'node:path';
import { PLATFORMS, type Platform } from '../runtime.mjs';

/** One platform of a release, in the words of krew and of the names of archives. */
export interface ReleasePlatform {
  platform: Platform;
  os: 'linux' | 'darwin' | 'windows';
  arch: 'amd64' | 'arm64';
  /** The executable's name in the archive. */
  executable: string;
}

const OS = { linux: 'linux', macos: 'darwin', win: 'windows' } as const;
const ARCH = { x64: 'amd64', arm64: 'arm64' } as const;

export const RELEASE_PLATFORMS: ReleasePlatform[] = [...PLATFORMS.values()].map((platform) => ({
  platform,
  os: OS[platform.system],
  arch: ARCH[platform.processor],
  executable: platform.system === 'win' ? 'kubectl-virtop.exe' : 'kubectl-virtop',
}));

/** The name of a platform's archive; `version` starts with a v, as the tag does. */
export function archiveName(version: string, { os, arch }: ReleasePlatform): string {
  return `kubectl-virtop_${version}_${os}_${arch}.${os === 'windows' ? 'zip' : 'tar.gz'}`;
}

/** Where a release has a platform's executable. */
export function executablePath(folder: string, { os, arch, executable }: ReleasePlatform): string {
  return join(folder, `${os}_${arch}`, executable);
}
