import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { plural } from '../../../shared/format/numbers.ts'
import { finalName, manifestSuffix, readManifest, type Versions } from '../../../files/checkpoint-manifest.ts'
import { fileStamp } from '../../../files/file-stamp.ts'
import { recordedCard } from '../../../files/recorded-resources.ts'
import { checkpointFolder, type Workspace } from '../../store/workspace.ts'

/**
 * Number of trained phases by the processor or GPU that trained them, as their manifests say. One that was moved, or whose parent was
 * trained elsewhere, counts for each.
 */
export async function countProcessors(workspace: Workspace, phases: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (let first = 0; first < phases.length; first += atOnce) {
    const some = phases.slice(first, first + atOnce)
    const found = await Promise.all(some.map((phase) => processorsOf(checkpointFolder(workspace, phase))))
    for (const name of found.flat()) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

/** Manifests that are looked at together: Node reads four files at a time. */
const atOnce = 64

/** By manifest, with its size and time: each is read once, not at every plan and comparison. */
const known = new LRUCache<string, string[]>({ max: 20_000 })

/** What trained the weights in a folder, each once; empty where there are none. */
async function processorsOf(folder: string): Promise<string[]> {
  const path = join(folder, finalName + manifestSuffix)
  const stamp = fileStamp(path)
  if (stamp === null) return []
  const key = `${stamp.text} ${path}`
  const found = known.get(key)
  if (found !== undefined) return found
  const manifest = await readManifest(folder, finalName)
  const versions = manifest === null ? [] : [manifest.versions, ...manifest.earlierVersions]
  const names = [...new Set(versions.map(processorIn))].filter((name) => name !== '')
  known.set(key, names)
  return names
}

/** What did the work; empty in records of early versions. */
function processorIn(versions: Versions): string {
  return recordedCard(versions) ?? versions.processor ?? ''
}

/** That results come from different processors; null where they do not. `next`: what others will be trained on, if that is known. */
export function processorCaveat(
  counts: ReadonlyMap<string, number>,
  { noun, next = null }: { noun: 'run' | 'phase'; next?: string | null },
): string | null {
  const parts = [...counts].map(([name, count]) => `${name} (${plural(count, noun)})`)
  if (next !== null && parts.length > 0 && !counts.has(next)) parts.push(`${next} (those that are trained now)`)
  if (parts.length < 2) return null
  return (
    `Different processors: ${parts.join(', ')}. Results are bit-identical only on one type of processor: between ` +
    `these ${noun}s, the last digits may differ by rounding alone.`
  )
}
