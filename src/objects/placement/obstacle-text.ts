import { taintText } from '../node/taint.ts';
import { shortageText } from '../pod/resources.ts';
import type { Obstacle } from './placement.ts';

/** Why a node takes no new operator pod, in a few words. */
export function obstacleText(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'kubelet-stopped':
      return 'its kubelet reports nothing';
    case 'not-ready':
      return 'it is not ready';
    case 'network-unavailable':
      return 'its network is not set up';
    case 'pressure':
      return `it reports ${obstacle.condition}`;
    case 'cordoned':
      return 'it is cordoned';
    case 'taint':
    case 'liveness-taint':
    case 'pressure-taint':
      return `taint ${taintText(obstacle.taint)} is not tolerated`;
    case 'shortage':
      return shortageText(obstacle.shortage);
    case 'host-port':
      return `port ${obstacle.text}`;
    case 'pod-affinity':
    case 'spread':
      return obstacle.text;
    case 'unknown':
      return 'not known: the pods there were not read';
  }
}
