import type { MayI, Send } from '../model/change.ts';

/** Asks the API server, right by right, what this user may do (SelfSubjectAccessReview); `resource` may name a subresource, `deployments/scale`. */
export function reviewAccess(send: Send): MayI {
  return async ({ verb, group, resource, namespace, name }) => {
    const [main = '', subresource] = resource.split('/');
    const attributes = {
      verb,
      group,
      resource: main,
      ...(subresource && { subresource }),
      ...(namespace !== null && { namespace }),
      ...(name !== null && { name }),
    };
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: attributes },
    };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const answer = await send({ method: 'POST', path, contentType: 'application/json', body }, { dryRun: false });
    if (answer.status !== 'done') return 'unknown';
    const allowed = (answer.body as { status?: { allowed?: unknown } | null }).status?.allowed;
    if (typeof allowed !== 'boolean') return 'unknown';
    return allowed ? 'yes' : 'no';
  };
}
