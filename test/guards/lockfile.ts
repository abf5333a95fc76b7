type Packages = Record<string, { optionalDependencies?: Record<string, string> }>;

/**
 * Optional dependencies that a package-lock.json names without an entry of their own. `npm ci` refuses such a file; npm writes
 * one when the registry did not answer for another platform's package.
 */
export function missingEntries(lockfile: string): string[] {
  const packages: Packages = JSON.parse(lockfile).packages;
  return Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map((name) => `package-lock.json has no entry for ${name}, which ${path} names: add its version, os and cpu.`),
  );
}
