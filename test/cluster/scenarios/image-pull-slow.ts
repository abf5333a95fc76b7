import { setTimeout as pause } from 'node:timers/promises';
import { OPERATOR_IMAGE } from '../build.ts';
import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

const SECONDS = 130;

/** The registry answers, and sends the image so slowly that no pull ends. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-pull-slow' },
  waits: SECONDS,
  async break(cluster) {
    const report = waiting('ContainerCreating');
    await breakNewPods(cluster, { report, events: [['Pulling', `Pulling image "${OPERATOR_IMAGE}"`]] });
    await pause(SECONDS * 1000);
  },
} satisfies Scenario;
