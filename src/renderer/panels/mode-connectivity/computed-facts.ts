import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import type {
  ModeConnectivityParameters,
  ModeConnectivityResult,
} from '../../../readings/analyses/mode-connectivity/schema.ts'
import { count, fixed, plural, scientific } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'

export interface Fact {
  name: string
  text: string
}

type Matching = NonNullable<ModeConnectivityResult['matching']>

/** Parameters of the computation; ranges if pairs differ. */
export function computedFacts(
  answers: readonly { analysis: AnalysisSummary | null; result: ModeConnectivityResult | null }[],
  parameters: ModeConnectivityParameters,
): Fact[] {
  const results = answers.flatMap(({ result }) => result ?? [])
  const matchings = results.flatMap(({ matching }) => matching ?? [])
  const seconds = answers.reduce((sum, { analysis }) => sum + (analysis?.seconds ?? 0), 0)
  return [
    ...(matchings.length === 0 ? [{ name: 'Matching', text: 'none' }] : matchingFacts(matchings)),
    { name: 'Points on the path', text: String(parameters.points) },
    { name: 'Batch norm', text: batchNorm(parameters) },
    { name: 'Precision', text: parameters.precision },
    { name: 'Evaluated on', text: `${count(parameters.images)} train, ${count(parameters.images)} test samples` },
    ...(matchings.length === 0 ? [] : [proof(matchings)]),
    { name: 'Time', text: `${duration(seconds)}, ${plural(results.length, 'path')}` },
  ]
}

function matchingFacts(matchings: readonly Matching[]): Fact[] {
  const isUnmoved = matchings.every(({ distanceBefore, distanceAfter }) => distanceBefore === distanceAfter)
  const rangeOf = (key: 'distanceAfter' | 'distanceBefore' | 'sweeps' | 'groups', digits: number) =>
    range(
      matchings.map((each) => each[key]),
      digits,
    )
  const [after, before] = [rangeOf('distanceAfter', 1), rangeOf('distanceBefore', 1)]
  const [sweeps, groups] = [rangeOf('sweeps', 0), rangeOf('groups', 0)]
  return [
    { name: 'Matching', text: `of weights, ${sweeps} ${sweeps === '1' ? 'sweep' : 'sweeps'}` },
    { name: 'Permutations', text: `${groups} groups of units, heads included` },
    { name: 'Distance A − ΠB', text: isUnmoved ? `${after}, nothing to permute` : `${after}, was ${before}` },
  ]
}

function batchNorm({ batchNorm: how, statisticsImages }: ModeConnectivityParameters): string {
  return how === 're-estimated'
    ? `re-estimated at every λ, ${count(statisticsImages)} samples`
    : 'interpolated like weights'
}

function proof(matchings: readonly Matching[]): Fact {
  const largest = Math.max(...matchings.map(({ equivalence }) => equivalence.largestDifference))
  const images = Math.min(...matchings.map(({ equivalence }) => equivalence.images))
  return { name: 'Verified', text: `f(B) = f(ΠB) on ${count(images)} samples, max |Δ| ${scientific(largest)}` }
}

function range(values: readonly number[], digits: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => fixed(value, digits))
  return low === high ? low! : `${low}–${high}`
}
