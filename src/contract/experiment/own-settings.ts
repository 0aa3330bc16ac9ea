import { canonicalJson } from '../../shared/basics/canonical-json.ts'
import type { Settings } from '../../shared/experiment/experiment-settings.ts'
import type { Json, JsonObject } from '../../shared/basics/json.ts'
import type { ExperimentFile } from './experiment.ts'
import type { PhaseSettings } from './phase-settings.ts'

/** Settings of a phase that are not those of its experiment, by their paths in the experiment file; the number of epochs where they are shared. */
export function ownSettings(
  file: Pick<ExperimentFile, 'training' | 'data'>,
  { training, data, learningRates }: PhaseSettings & { learningRates?: Record<string, number> | undefined },
): Settings {
  const before = leaves({ training: file.training, data: file.data })
  const after = leaves({ training, data: { augmentation: data.augmentation, mixing: data.mixing } })
  const own = Object.entries(after).filter(
    ([path, value]) => canonicalJson(value) !== canonicalJson(before[path] ?? null),
  )
  return { ...Object.fromEntries(own), ...(learningRates && { learningRates: inRanges(learningRates) }) }
}

/** Parts in a row with one factor stand together, as phases write them: `blocks.0-3`. */
function inRanges(factors: Readonly<Record<string, number>>): Record<string, number> {
  const ranges: { kind: string; first: number; last: number; factor: number }[] = []
  const single: [string, number][] = []
  for (const [part, factor] of Object.entries(factors)) {
    const [, kind, number] = /^(.+)\.(\d+)$/.exec(part) ?? []
    const open = ranges.find(
      (range) => range.kind === kind && range.factor === factor && range.last === Number(number) - 1,
    )
    if (kind === undefined) single.push([part, factor])
    else if (open) open.last++
    else ranges.push({ kind, first: Number(number), last: Number(number), factor })
  }
  const named = ranges.map(({ kind, first, last, factor }): [string, number] => [
    first === last ? `${kind}.${first}` : `${kind}.${first}-${last}`,
    factor,
  ])
  return Object.fromEntries([...single, ...named])
}

/** Single values by their paths; lists, and mappings that may be null, are single values. */
function leaves(section: JsonObject, prefix = ''): Record<string, Json> {
  const entries = Object.entries(section).flatMap(([key, value]): [string, Json][] => {
    const path = `${prefix}${key}`
    const isSection = ['training', 'data', 'training.earlyStopping'].includes(path)
    return isSection ? Object.entries(leaves(value as JsonObject, `${path}.`)) : [[path, value as Json]]
  })
  return Object.fromEntries(entries)
}
