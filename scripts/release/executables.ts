import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { recordSameCode } from '../build/code.mjs';
import { pack } from '../build/pack.mjs';
import { hostPlatform } from '../runtime.mjs';
import { executablePath, RELEASE_PLATFORMS } from './platforms.ts';
import { runtimeOf } from './runtimes.ts';
import { signAdHoc } from './sign.ts';

/** Makes the executable of every platform, each in a folder of its own below `folder`. */
export async function makeExecutables(folder: string, bundled: string, workshop: string): Promise<void> {
  const targets = await Promise.all(
    RELEASE_PLATFORMS.map(async (one) => {
      const output = executablePath(folder, one);
      mkdirSync(dirname(output), { recursive: true });
      return { platform: one.platform, runtime: await runtimeOf(one.platform), output };
    }),
  );
  const host = hostPlatform();
  const [own, others] = [
    targets.filter(({ platform }) => platform === host),
    targets.filter(({ platform }) => platform !== host),
  ];
  await pack({ folder: workplace(workshop, 'own'), bundled, code: recordSameCode(bundled, workshop), targets: own });
  // What V8 makes of the program on one platform it does not take on another: there it compiles at each start.
  await pack({ folder: workplace(workshop, 'others'), bundled, code: null, targets: others });
  await signAdHoc(others.filter(({ platform }) => platform.system === 'macos').map(({ output }) => output));
}

function workplace(workshop: string, name: string): string {
  const folder = join(workshop, name);
  mkdirSync(folder);
  return folder;
}
