import type { Send } from '../model/change.ts';

/** Who the API server takes this user for (SelfSubjectReview, Kubernetes 1.28 and newer); null where it does not say. */
export async function whoAmI(send: Send): Promise<string | null> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  const answer = await send({ method: 'POST', path, contentType: 'application/json', body }, { dryRun: false });
  if (answer.status !== 'done') return null;
  const { status } = answer.body as { status?: { userInfo?: { username?: unknown } | null } | null };
  const name = status?.userInfo?.username;
  return typeof name === 'string' && name !== '' ? name : null;
}
