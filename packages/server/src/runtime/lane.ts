/** Runs one piece of work at a time, in the order they came. */
export interface Lane {
  run(work: () => Promise<void>): Promise<void>;
}

export function createLane(): Lane {
  const tail: { promise: Promise<void> } = { promise: Promise.resolve() };
  return {
    run(work) {
      const next = tail.promise.then(work);
      tail.promise = next.catch(() => undefined);
      return next;
    },
  };
}
