import type { Line } from '../../model/line.ts';
import type { CertificateClock, OperatorReport } from '../../model/report.ts';
import { age } from '../../objects/meta/human-duration.ts';
import { millis } from '../../objects/meta/time.ts';
import { componentText, componentTrouble, EXPIRED } from '../impact.ts';
import { below, type Field, fields, fullTime, heading } from './field.ts';

/** What the outage does to virtual machines and to the rest of KubeVirt, and until when it does no more. */
export function impactBlock({ impact, readAt }: OperatorReport): Line[] {
  const { summary, runningVmis, stalled, components, certificates } = impact;
  return [
    ...fields([
      ['Impact', summary || '<unknown>'],
      ['Running VMs', runningVmis === null ? '<unknown>' : `${runningVmis}`],
      ['Stalled', stalled.join(', ') || '<none>'],
    ]),
    ...(components.length > 0 ? [heading('Components')] : []),
    ...components.map((one) => below(componentTrouble(one) ?? componentText(one))),
    ...(certificates ? [heading('Certificates'), ...fields(clock(certificates, readAt), 1)] : []),
  ];
}

function clock({ renewed, first, authority }: CertificateClock, readAt: string): Field[] {
  const signer = authority ? `${authority.name}, until ${timeAndDistance(authority.notAfter, readAt)}` : '<unknown>';
  const ends: Field[] = first
    ? [
        ['First To Expire', first.what],
        ['Earliest', timeAndDistance(first.earliest, readAt)],
        ['Latest', timeAndDistance(first.latest, readAt)],
        ['Then', `${EXPIRED}; those that run keep running`],
        ['Known From', "virt-operator's rules of renewal and when it last led: Secrets are not read"],
      ]
    : [];
  return [['Renewed', renewal(renewed)], ['Authority', signer], ...ends];
}

function renewal(renewed: boolean | null): string {
  if (renewed === null) return '<unknown>';
  return renewed ? 'by the leading virt-operator' : 'by nobody';
}

function timeAndDistance(time: string, readAt: string): string {
  const isPast = (millis(time) ?? 0) <= (millis(readAt) ?? 0);
  return `${fullTime(time)} (${isPast ? `${age(readAt, time)} ago` : `${age(time, readAt)} from now`})`;
}
