interface Owned {
  dispose(): void
}

/**
 * Does some work, then disposes of what it used: of all of it, whatever fails. Fails with the first error, so that none of
 * disposing hides that of the work.
 */
export async function disposingOf<T>(owned: readonly Owned[], work: () => Promise<T>): Promise<T> {
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
  for (const each of owned) await attempt(() => each.dispose())
  if (errors.length > 0) throw errors[0]
  return result as T
}
