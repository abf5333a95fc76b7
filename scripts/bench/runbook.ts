const NAMESPACE = ['-n', 'kubevirt'];

/** What the VirtOperatorDown runbook asks a person to type into kubectl, without its two `kubectl logs`: no kubelet answers here. */
export const RUNBOOK: string[][] = [
  ['get', 'kubevirt', '-A', '-o', 'custom-columns=:.metadata.namespace'],
  [...NAMESPACE, 'get', 'deployment', 'virt-operator', '-o', 'yaml'],
  [...NAMESPACE, 'describe', 'deployment', 'virt-operator'],
  [...NAMESPACE, 'get', 'pods', '-l', 'kubevirt.io=virt-operator'],
  ['get', 'nodes'],
];
