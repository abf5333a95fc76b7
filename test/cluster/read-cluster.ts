// Runs inside a cluster's network: reads what any command reads and prints it as a cluster.yaml of the origin that is named.
import process from 'node:process';
import { recordingAsk } from '../../src/archive/record.ts';
import { clusterYaml } from '../../src/archive/write.ts';
import { openCluster } from '../../src/kube/open-cluster.ts';
import { gather } from '../../src/kube/read/gather.ts';
import { redact, redactLog } from '../../src/objects/meta/redact.ts';
import { flagsWith } from '../helpers/connection.ts';
import { KUBEVIRT_VERSION } from './build.ts';

const host = {
  env: process.env,
  platform: process.platform,
  isTerminal: false,
  killGroup: () => undefined,
  ownGroup: () => () => undefined,
};

const { ask, cluster, close } = await openCluster(flagsWith(), host, { totalMs: 30_000 }, 'kubectl-virtop/record');
const recording = recordingAsk(ask);
const { readAt, reads } = await gather(recording.ask, { cluster, depth: 'all' });
close();

const isInstalled = reads.kubevirtCrd.status !== 'absent' || reads.deployment.status === 'read';
const about = {
  origin: process.argv[2] === 'written' ? ('written' as const) : ('recorded' as const),
  kubernetes: recording.kubernetes(),
  kubevirt: isInstalled ? KUBEVIRT_VERSION : null,
  readAt,
  refused: recording.refused(),
  asked: recording.asked(),
  counts: recording.counts(),
  logs: recording.logs(redactLog),
};
process.stdout.write(clusterYaml(about, recording.objects(), redact));
