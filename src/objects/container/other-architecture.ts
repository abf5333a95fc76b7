import type { Mitigation } from '../../model/finding.ts';
import type { Operator } from '../operator/operator.ts';
import { FIND_CHANGER } from '../pod/changed-pod.ts';
import { patchTemplate } from '../remedy/manual-step.ts';
import { type ContainerIn, otherImage } from './other-image.ts';

/** Another image where one is known; else the pods go where this one runs: the same manifest again would bring the same image. */
export function forArchitecture(operator: Operator, container: ContainerIn, architecture: string): Mitigation {
  const mitigation = otherImage(operator, container);
  if (mitigation.automatic || mitigation === FIND_CHANGER || mitigation.command.includes(' set image '))
    return mitigation;
  const other = architecture === 'amd64' ? 'arm64' : 'amd64';
  const command = 'kubectl get nodes -L kubernetes.io/arch';
  return {
    action: 'keep-to-architecture',
    automatic: false,
    command,
    steps: [
      command,
      `Use an image that is built for ${architecture || 'these nodes'}; or, where the image is for ${other} and such nodes may run the operator, keep the pods to those:`,
      patchTemplate(operator.deployment, { nodeSelector: { 'kubernetes.io/arch': other } }),
    ],
  };
}
