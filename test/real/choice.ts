import { kubectl } from '../cluster/kubectl.ts';
import { keepOperatorAlive } from '../cluster/live-pods.ts';
import type { Check } from './check.ts';
import { ends, expect, screenEnds, terminal, virtop } from './program.ts';
import { QUESTION } from './scaled.ts';

const TAINTS = ['get', 'node', 'cp-1', '--output=jsonpath={.spec.taints[*].key}'];
const LIST = /1\) uncordon: [\s\S]*2\) remove-taint: [\s\S]*Which one first\? \(1-2, empty for none\): *$/;

/** Each control-plane node is out of use for another reason: the person chooses which of them is mended. */
export const choice: Check = {
  name: 'a choice between two causes',
  seconds: 50,
  async run(cluster) {
    const none = terminal(cluster, ['mitigate']);
    await none.shows(LIST);
    none.type('\n');
    await screenEnds(none, 8, /nothing was chosen/);
    const before = await kubectl(cluster, TAINTS);
    const screen = terminal(cluster, ['mitigate', '--timeout=150s']);
    await screen.shows(LIST);
    screen.type('2\n');
    await screen.shows(QUESTION);
    screen.type('y\n');
    const end = keepOperatorAlive(cluster, []);
    await screenEnds(screen, 0, /VERIFIED +virt-operator works again/).finally(end);
    ends(await virtop(cluster, ['undo', '--yes']), 0, /old values are back/);
    expect(await kubectl(cluster, TAINTS), before);
    return screen.rows().find((row) => row.startsWith('VERIFIED'));
  },
};
