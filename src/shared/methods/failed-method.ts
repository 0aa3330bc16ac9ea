/** A method of an extension that failed. */
interface FailedMethod {
  /** `reading “agreement” of the extension “mine”` */
  words: string
  /** What its author may not know, as whole sentences. */
  help?: string | undefined
}

const failures = new WeakMap<object, FailedMethod>()

/** Notes of an error which method of an extension it comes from; of methods that call one another, the innermost. @returns the error. */
export function noteFailed(error: unknown, method: FailedMethod): object {
  const noted = typeof error === 'object' && error !== null ? error : new Error(`it threw ${String(error)}`)
  if (!failures.has(noted)) failures.set(noted, method)
  return noted
}

export const failedMethod = (error: unknown): FailedMethod | null =>
  (typeof error === 'object' && error !== null && failures.get(error)) || null
