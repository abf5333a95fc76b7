import type { ClusterRole } from '../../model/kubernetes.ts';
import { list } from './list.ts';

type PolicyRule = NonNullable<NonNullable<ClusterRole['rules']>[number]>;

/** One thing that RBAC may allow; `name` where it is about one object of that name. */
export interface Permission {
  verb: string;
  group: string;
  resource: string;
  name?: string;
}

/** Whether one of these rules allows it; a rule with names allows nothing else (Kubernetes 1.36 pkg/apis/rbac/v1/evaluation_helpers.go). */
export function isAllowed(rules: readonly (PolicyRule | null)[] | null | undefined, wanted: Permission): boolean {
  return list(rules).some((rule) => allows(rule, wanted));
}

function allows(rule: PolicyRule, { verb, group, resource, name }: Permission): boolean {
  const has = (values: (string | null)[] | null | undefined, value: string) =>
    list(values).some((one) => one === '*' || one === value);
  const names = list(rule.resourceNames);
  const isNamed = names.length === 0 || (name !== undefined && names.includes(name));
  const [, part] = resource.split('/');
  const isMeant = has(rule.resources, resource) || (part !== undefined && has(rule.resources, `*/${part}`));
  return isNamed && isMeant && has(rule.verbs, verb) && has(rule.apiGroups, group);
}
