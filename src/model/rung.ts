/** The ladder: an earlier rung hides what a later one shows. */
export const RUNGS = [
  'access',
  'install',
  'namespace',
  'control-plane',
  'deployment',
  'replicaset',
  'scheduling',
  'node',
  'container-start',
  'container-run',
  'leader',
] as const;
export type Rung = (typeof RUNGS)[number];
