let last: Promise<unknown> = Promise.resolve()

/** Runs `work` after all work passed before: the processor and the state belong to one TensorFlow function at a time. */
export function runExclusively<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work)
  last = result.catch(() => undefined)
  return result
}
