import type { Deployment, Node, Pod } from '../../model/kubernetes.ts';
import { nameOf } from '../meta/reference.ts';
import { endOfStay, isByState, type Taint, untolerated } from '../node/taint.ts';
import { isBrief } from '../pod/brief-life.ts';
import { admitsNode } from './node-affinity.ts';
import { pinnedNode } from './pinned-template.ts';
import { templatePod } from './template-pod.ts';

/** A node that takes operator pods, and from which the control plane deletes them again after so many seconds. */
export interface BriefStay {
  node: Node;
  taint: Taint;
  seconds: number;
}

/** Nodes to which new operator pods go, or are bound by their template, though a taint has them deleted from there soon after. */
export function briefStays(deployment: Deployment | null, nodes: readonly Node[]): BriefStay[] {
  return openNodes(deployment, nodes).flatMap((node) => {
    const stay = endOfStay(node, templatePod(deployment).spec);
    return stay && !isByState(stay.taint) && isBrief(stay.seconds) ? [{ node, ...stay }] : [];
  });
}

/** Those of the pods that are on such a node. */
export function endingPods(pods: readonly Pod[], stays: readonly BriefStay[]): Pod[] {
  const names = stays.map(({ node }) => nameOf(node));
  return pods.filter(({ spec }) => names.includes(spec?.nodeName ?? ''));
}

/** Nodes that a new pod would be placed on, for all that they say by themselves, or is bound to. */
export function openNodes(deployment: Deployment | null, nodes: readonly Node[]): Node[] {
  const pinned = pinnedNode(deployment);
  if (pinned !== null) return nodes.filter((node) => nameOf(node) === pinned);
  const { spec } = templatePod(deployment);
  return nodes.filter(
    (node) => node.spec?.unschedulable !== true && untolerated(node, spec).length === 0 && admitsNode(spec, node),
  );
}
