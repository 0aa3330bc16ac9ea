import { plural } from '../../../shared/format/numbers.ts'
import { finalName, readManifest, type Versions } from '../../files/checkpoint-manifest.ts'
import { checkpointFolder, type Workspace } from '../../store/workspace.ts'

/**
 * Number of trained phases by the processor or GPU that trained them, as their manifests say. One that was moved, or whose parent was
 * trained elsewhere, counts for each.
 */
export async function countProcessors(workspace: Workspace, phases: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const phase of phases) {
    const manifest = await readManifest(checkpointFolder(workspace, phase), finalName)
    if (manifest === null) continue
    const names = [manifest.versions, ...manifest.earlierVersions].map(processorIn).filter((name) => name !== '')
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

/** What did the work; empty in records of early versions. */
function processorIn({ device = '', processor = '' }: Versions): string {
  return device.startsWith('gpu ') ? device.slice('gpu '.length) : processor
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
