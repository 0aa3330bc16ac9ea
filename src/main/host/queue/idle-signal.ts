/** The moment when there is nothing left to do. Work makes it a thing of the future again, the same for all who wait. */
export interface RestingPlace {
  /** Resolves when the moment comes; fails where the work had to stop. */
  reached(): Promise<void>
  reach(failed: { error: unknown } | null): void
  leave(): void
}

export function restingPlace(): RestingPlace {
  let current = ahead()
  return {
    reached: () => current.promise,
    reach(failed) {
      current.over = true
      if (failed === null) current.resolve()
      else current.reject(failed.error)
    },
    leave() {
      if (current.over) current = ahead()
    },
  }
}

function ahead() {
  const moment = Promise.withResolvers<void>()
  // That nobody waits for it makes its failure no fault.
  moment.promise.catch(() => {})
  return { ...moment, over: false }
}
