/** Remembers answers by their key; those asked for longest ago make room for new ones. */
export interface BoundedCache<T> {
  /** The answer of that key, made now where it is not known. One that fails is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T>
}

export interface CacheOptions<T> {
  /** Weights of all answers together, in whatever `weigh` counts. The last answer is kept even where it alone weighs more. */
  limit: number
  weigh: (answer: T) => number
}

export function createBoundedCache<T>({ limit, weigh }: CacheOptions<T>): BoundedCache<T> {
  const entries = new Map<string, { answer: Promise<T>; weight: number }>()

  function shrink(): void {
    let total = [...entries.values()].reduce((sum, { weight }) => sum + weight, 0)
    for (const [key, { weight }] of entries) {
      if (total <= limit || entries.size === 1) return
      entries.delete(key)
      total -= weight
    }
  }

  return {
    get(key, make) {
      const known = entries.get(key)
      // Weighed once it is there; until then it counts nothing.
      const entry = known ?? { answer: make(), weight: 0 }
      entries.delete(key)
      entries.set(key, entry)
      if (known === undefined) {
        entry.answer.then(
          (answer) => {
            entry.weight = weigh(answer)
            shrink()
          },
          () => {
            if (entries.get(key) === entry) entries.delete(key)
          },
        )
      }
      return entry.answer
    },
  }
}
