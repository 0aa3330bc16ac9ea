/** Those who want to hear of something. */
export interface Listeners<T> {
  /** @returns what ends it. */
  add(listener: (value: T) => void): () => void
  tell(value: T): void
}

export function createListeners<T>(): Listeners<T> {
  const all = new Set<(value: T) => void>()
  return {
    add(listener) {
      all.add(listener)
      return () => all.delete(listener)
    },
    tell: (value) => all.forEach((listener) => listener(value)),
  }
}
