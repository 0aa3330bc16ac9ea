import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What work is done with. */
export interface Resources {
  threads: number
  /** Name of the card; null: the processor, or not known. */
  card: string | null
}

/** A manifest of a checkpoint or a result, or the first line of a journal. */
const record = z.object({
  step: z.int().default(0),
  versions: z.object({ threads: z.coerce.number().int().positive(), device: z.string().optional() }),
})

/** Name of the card that did the work; null: the processor did, or the record is of an early version. */
export function recordedCard({ device = '' }: { device?: string | undefined }): string | null {
  return device.startsWith('gpu ') ? device.slice('gpu '.length) : null
}

/**
 * Threads and card that the work in a folder was begun with, as its newest manifest says; null where it has none. Sums of floats depend
 * on how many threads share them (docs/decisions/007-threads-decide-the-last-bits.md) and on the kind of card, so it is resumed, and
 * repeated, with the same. Files moved aside count if there are no others: they are computed again.
 */
export function recordedResources(folder: string): Resources | null {
  const names = namesIn(folder)
  const places = [/\.manifest\.json$/, /^parts\.jsonl$/, /\.manifest\.json\.damaged$/]
  for (const place of places) {
    const found = names.filter((name) => place.test(name)).flatMap((name) => recordIn(join(folder, name)))
    const newest = found.sort((a, b) => b.step - a.step)[0]
    if (newest !== undefined) return { threads: newest.versions.threads, card: recordedCard(newest.versions) }
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
