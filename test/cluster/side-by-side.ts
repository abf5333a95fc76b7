/** A cluster that starts keeps about a core busy; most machines have two. */
const CLUSTERS = 2;

/** Does the work for each name, in order, on as many clusters at a time as a small machine carries. */
export async function sideBySide(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  const waiting = [...names];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await work(name);
  };
  await Promise.all(Array.from({ length: CLUSTERS }, worker));
}
