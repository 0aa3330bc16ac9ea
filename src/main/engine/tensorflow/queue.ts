let last: Promise<unknown> = Promise.resolve()

/** Runs `work` after all work queued before it: one TensorFlow function at a time has the processor and the state. */
export function enqueue<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work)
  last = result.catch(() => undefined)
  return result
}
