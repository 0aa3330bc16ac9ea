import { stat } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'

/** An experiment that is being written asks the same again and again, of a few files and settings. */
const most = 32

/** Keeps the latest answers, each for `ttl` milliseconds if that is given. A failure is not kept: what was not there may be there the next time. */
export function keptAnswers<Answer extends object>(ttl = 0) {
  const kept = new LRUCache<string, Promise<Answer>>({ max: most, ttl })
  return (key: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const known = kept.get(key)
    if (known) return known
    const answer = ask()
    kept.set(key, answer)
    answer.catch(() => kept.delete(key))
    return answer
  }
}

/** Properties by which a changed file is recognised. */
export async function marksOf(file: string): Promise<(string | number | undefined)[]> {
  const { dev, ino, size, mtimeMs, ctimeMs } = (await stat(file).catch(() => null)) ?? {}
  return [file, dev, ino, size, mtimeMs, ctimeMs]
}
