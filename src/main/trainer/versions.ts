import sharp from 'sharp'
import { canonicalJson } from '../../shared/basics/canonical-json.ts'
import { engineRevision, type TensorFlow } from '../../engine/index.ts'
import { recordedProcessor } from '../../files/processor.ts'
import { exitlabVersion } from '../../files/version.ts'
import type { Provenance, Versions } from '../../files/checkpoint-manifest.ts'

/** Of the engine, where a record does not name it. */
const unrecordedRevision = '1'

/** Versions that affect the last bits of a result: training is bit-identical only if all of them are equal. */
export function versionsOf({ device }: TensorFlow): Versions {
  return {
    exitlab: exitlabVersion,
    engine: String(engineRevision),
    node: process.version,
    sharp: `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`,
    tensorflow: device.tensorflowVersion,
    device: `${device.kind} ${device.name}`,
    processor: recordedProcessor(),
    threads: String(device.threads),
    ...(device.kind === 'gpu' && { algorithms: process.env.TF_DETERMINISTIC_OPS === '1' ? 'deterministic' : 'fast' }),
    platform: `${process.platform} ${process.arch}`,
  }
}

/** Versions that did earlier parts of resumed work, without the present ones; each once. */
export function earlierVersions(before: Provenance | null, now: Versions): Versions[] {
  if (before === null) return []
  const known = [...before.earlierVersions, before.versions].map((each) => [canonicalJson(each), each] as const)
  return [...new Map(known)].filter(([key]) => key !== canonicalJson(now)).map(([, each]) => each)
}

/** Warns where work resumes with other versions than it began with. `what`: its subject, “The phase”. */
export function warnOfOtherVersions(
  what: string,
  [before, now]: [Versions, Versions],
  warn: (message: string) => void,
): void {
  // What a record does not name was not known to be another one.
  const { processor = '' } = now
  const recorded: Versions = { engine: unrecordedRevision, ...(processor && { processor }), ...before }
  const changed = Object.keys(now).filter((what) => recorded[what] !== now[what])
  if (changed.length === 0) return
  const changes = changed.map((what) => `${what} ${recorded[what] ?? 'unknown'} → ${now[what]}`).join(', ')
  warn(
    `${what} resumes with a different environment (${changes}): its result may differ in the last digits, ` +
      'so it is not bit-identical to that of a single environment.',
  )
}
