import type { Reading } from '../../../../readings/reading.ts'
import { readSplits, type ReadSamples, type ReadSplit } from '../../../../shared/evaluation/read-on.ts'

/** The samples that sources were asked for; `both`: of runs with the values of both. */
export type Splits = Set<ReadSplit | 'both'>

/** On which samples the values of an answer are, by what was read for it, and its thresholds were chosen. */
export function readSamples(
  { samples = {} }: Reading['info'],
  { read, asked, protocol }: { read: Splits; asked: () => ReadSplit; protocol: unknown },
): { readSamples?: ReadSamples } {
  if (samples === 'none' || (read.size === 0 && samples.readOn === undefined)) return {}
  const readOn = samples.readOn === 'asked' ? asked() : onlyOf(read)
  const thresholdsOn = samples.thresholdsOn ?? byProtocol(protocol, readOn)
  return { readSamples: { readOn, ...(thresholdsOn && { thresholdsOn }) } }
}

const onlyOf = (read: Splits) => readSplits.find((split) => read.size === 1 && read.has(split)) ?? 'both'

/** The protocol of the paper chooses thresholds on the samples that values are of. */
function byProtocol(protocol: unknown, readOn: ReadSamples['readOn']): ReadSamples['thresholdsOn'] {
  if (protocol === undefined) return undefined
  return protocol === 'paper' ? readOn : 'validation'
}
