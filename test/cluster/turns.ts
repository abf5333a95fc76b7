/** Lets so many at a time have a turn, in the order in which they asked. What is given ends the turn, once. */
export function turns(count: number): () => Promise<() => void> {
  let free = count;
  const queue: (() => void)[] = [];
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((next) => queue.push(next));
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
}
