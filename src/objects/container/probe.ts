import type { EvidenceItem } from '../../model/finding.ts';
import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { eventMessage, eventsAbout, eventTime } from '../meta/event.ts';
import { nameOf } from '../meta/reference.ts';
import { millis } from '../meta/time.ts';
import { isOperatorContainer } from '../pod/pod.ts';

export type Probe = 'Liveness' | 'Readiness' | 'Startup';
type Events = readonly KubernetesEvent[] | null | undefined;

/** For which probe's sake the kubelet last killed a container (Kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_manager.go). */
function probeKill(pod: Pod, container: string, events: Events): 'liveness-failing' | 'startup-probe-failing' | null {
  const words = eventsAbout(events, pod, 'Killing')
    .map(eventMessage)
    .find((text) => text.includes(container) && /failed (?:liveness|startup) probe/.test(text));
  if (words === undefined) return null;
  return words.includes('startup') ? 'startup-probe-failing' : 'liveness-failing';
}

/**
 * For which probe's sake the kubelet killed a container that ended by a signal: that probe failed, though nobody has kept that it was
 * killed for it. Its own program ends with 2 on TERM, without a word.
 */
export function probeEnd(
  { pod, container, exitCode, message }: { pod: Pod; container: string; exitCode: number | null; message: string },
  events: Events,
): 'liveness-failing' | 'startup-probe-failing' | null {
  const told = probeKill(pod, container, events);
  const bySignal = [137, 143].includes(exitCode ?? 0) || (exitCode === 2 && message.trim() === '');
  if (told || !bySignal || !isOperatorContainer(container)) return told;
  if (probeWords(pod, 'Liveness', events).length > 0) return 'liveness-failing';
  return probeWords(pod, 'Startup', events).length > 0 ? 'startup-probe-failing' : null;
}

/** The kubelet's newest words about a probe that fails, not older than `since`; OpenShift calls some of these events ProbeError. */
export function probeWords(pod: Pod, probe: Probe, events: Events, since?: string | null): EvidenceItem[] {
  const event = eventsAbout(events, pod).find(
    (one) =>
      (one.reason === 'Unhealthy' || one.reason === 'ProbeError') &&
      new RegExp(`^${probe} probe (?:failed|errored|error)`).test(eventMessage(one)) &&
      (millis(eventTime(one)) ?? 0) >= (millis(since) ?? 0),
  );
  if (!event) return [];
  return [{ text: eventMessage(event), source: `pod/${nameOf(pod)} event ${event.reason}` }];
}

/** Whether a probe's words say that no answer came in time, and not that nobody listens. */
export function isTimeout(text: string): boolean {
  return /Client\.Timeout|deadline exceeded|TLS handshake timeout|i\/o timeout|timed out/.test(text);
}
