import type { TensorFlow } from '../engine/index.ts'

/** What has a say in the last bits of a result: training repeats bit by bit only where all of it is the same. */
export function versionsOf({ device }: TensorFlow): Record<string, string> {
  return {
    tensorflow: device.tensorflowVersion,
    device: `${device.kind} ${device.name}`,
    threads: String(device.threads),
    platform: `${process.platform} ${process.arch}`,
  }
}

/** Says so where a phase goes on under other circumstances than it began. */
export function warnOfOtherVersions(
  before: Record<string, string>,
  now: Record<string, string>,
  warn: (message: string) => void,
): void {
  const changed = Object.keys(now).filter((what) => before[what] !== now[what])
  if (changed.length === 0) return
  const changes = changed.map((what) => `${what} ${before[what] ?? 'unknown'} → ${now[what]}`).join(', ')
  warn(`The phase goes on with another set-up than before (${changes}): its result may differ in the last digits.`)
}
