/**
 * The candidate a writer most likely meant by `word`: the same but for case, hyphens and underscores; its initials
 * (`lr` for learningRate); a beginning (`batch` for batchSize); or a few letters away. Undefined where nothing is near.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const written = normalise(word)
  if (written === '') return undefined
  return (
    candidates.find((candidate) => normalise(candidate) === written) ??
    candidates.find((candidate) => written.length > 1 && initials(candidate) === written) ??
    mistyped(written, candidates) ??
    candidates.find((candidate) => written.length > 2 && normalise(candidate).startsWith(written))
  )
}

/** Whether two words are the same but for case, hyphens, underscores and spaces. */
export function isSameWord(a: string, b: string): boolean {
  return normalise(a) === normalise(b)
}

function normalise(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '')
}

function initials(word: string): string {
  return (word.match(/^[a-z0-9]|[A-Z]|(?<=[-_ ])[a-z0-9]/g) ?? []).join('').toLowerCase()
}

function mistyped(written: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(written, normalise(candidate)) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate
}

/** Least number of letters to insert, delete, replace or swap with their neighbour. */
export function editDistance(from: string, to: string): number {
  let older: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let best = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) best = Math.min(best, older[column - 2]! + 1)
      current.push(best)
    }
    older = previous
    previous = current
  }
  return previous[to.length]!
}
