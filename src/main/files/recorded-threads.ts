import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** A manifest of a checkpoint or a result, or the first line of a journal. */
const record = z.object({
  step: z.int().default(0),
  versions: z.object({ threads: z.coerce.number().int().positive() }),
})

/**
 * Threads that the work in a folder was begun with, as its newest manifest says; null where it has none. Sums of floats depend on how
 * many threads share them (docs/decisions/007-threads-decide-the-last-bits.md), so it is resumed, and repeated, with as many. Files
 * moved aside count if there are no others: they are computed again.
 */
export function recordedThreads(folder: string): number | null {
  const names = namesIn(folder)
  const places = [/\.manifest\.json$/, /^parts\.jsonl$/, /\.manifest\.json\.damaged$/]
  for (const place of places) {
    const found = names.filter((name) => place.test(name)).flatMap((name) => recordIn(join(folder, name)))
    const newest = found.sort((a, b) => b.step - a.step)[0]
    if (newest !== undefined) return newest.versions.threads
  }
  return null
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
  } catch {
    // The trainer reports the fault.
    return []
  }
}

function recordIn(path: string): z.infer<typeof record>[] {
  try {
    const [line = ''] = readFileSync(path, 'utf8').split('\n', 1)
    const { data } = record.safeParse(JSON.parse(line))
    return data ? [data] : []
  } catch {
    return []
  }
}
