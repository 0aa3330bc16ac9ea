interface Disposable {
  dispose(): void
}

/** Runs `work`, then disposes of every resource, even after an error; rethrows the first error, so that a failing disposal never hides why the work failed. */
export async function withDisposables<T>(disposables: readonly Disposable[], work: () => Promise<T>): Promise<T> {
  const errors: unknown[] = []
  const attempt = async <R>(action: () => R | Promise<R>): Promise<R | undefined> => {
    try {
      return await action()
    } catch (error) {
      errors.push(error)
      return undefined
    }
  }
  const result = await attempt(work)
  for (const each of disposables) await attempt(() => each.dispose())
  if (errors.length > 0) throw errors[0]
  return result as T
}
