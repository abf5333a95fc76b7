/** What `version` prints for programs; its schema is docs/version.schema.json. With `--client` only the client's version is there; null could not be told. */
export interface VersionReport {
  apiVersion: 'virtop/v1';
  kind: 'VersionReport';
  clientVersion: string;
  serverVersion?: string | null;
  kubevirtVersion?: string | null;
}
