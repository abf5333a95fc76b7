/** Lets `places` in at a time; the others wait in order. */
export function gate(places: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return () => {
    if (free === 0) return new Promise((resolve) => waiting.push(() => resolve(leave)));
    free -= 1;
    return Promise.resolve(leave);
  };
}
