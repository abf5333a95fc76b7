/** The name under which the API server remembers what this program wrote (metadata.managedFields). */
export const FIELD_MANAGER = 'kubectl-virtop';
