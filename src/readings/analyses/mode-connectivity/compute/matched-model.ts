import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { ParameterSpec } from '../../../../engine/layers/layer.ts'
import type { AnalysisRequest } from '../../../../engine/analyses/analysis.ts'
import type { PathSurvey } from './path-survey.ts'
import { permuteUnits, type EngineArrays } from '../../../../engine/matching/permute-units.ts'
import { matchWeights, parameterDistance, type MatchingOptions } from '../../../../engine/matching/weight-matching.ts'

/** The second of two models with its units permuted to fit the first. */
export interface MatchedModel {
  arrays: EngineArrays
  /** Whether any unit has another place than before. */
  moved: boolean
  sweeps: number
  settled: boolean
  groups: number
  distanceBefore: number
  distanceAfter: number
  /** Between the logits of the second model and of this one. */
  equivalence: { largestDifference: number; images: number }
}

interface Matched extends Omit<MatchingOptions, 'round'> {
  parameters: readonly ParameterSpec[]
  ends: readonly [EngineArrays, EngineArrays]
  survey: PathSurvey
  /** Keeps the matching and the proof of it. */
  part: AnalysisRequest<unknown, unknown>['part']
}

/** A part of an analysis for each round of the matching, and one that checks that it does not change the model's function. */
export async function matchedModel({ parameters, ends, survey, part, ...options }: Matched): Promise<MatchedModel> {
  const round: MatchingOptions['round'] = (index, work) => part(`matching/${index}`, work)
  const { permutations, sweeps, settled } = await matchWeights(parameters, ends, { ...options, round })
  const arrays = permuteUnits(parameters, ends[1], permutations)
  const equivalence = await part('equivalence', () => comparison(survey, [ends[1], arrays]))
  return {
    arrays,
    moved: [...permutations.values()].some((order) => order.some((from, to) => from !== to)),
    sweeps,
    settled,
    groups: permutations.size,
    distanceBefore: parameterDistance(parameters, ends),
    distanceAfter: parameterDistance(parameters, [ends[0], arrays]),
    equivalence: { largestDifference: equivalence[0]!, images: equivalence[1]! },
  }
}

/** Largest difference that rounding can make, relative to the largest logit. */
const tolerance = 1e-3

/**
 * Largest difference of a logit of two models on the test images, and how many images those are.
 * @throws ExitlabError `internal` where it is more than rounding: a permutation that changes the function means nothing.
 */
async function comparison(survey: PathSurvey, models: readonly [EngineArrays, EngineArrays]): Promise<number[]> {
  const { logits, images } = await survey.testLogits(models[0])
  const others = (await survey.testLogits(models[1])).logits
  const difference = largest(logits.map((logit, index) => logit - others[index]!))
  if (!(difference <= tolerance * Math.max(1, largest(logits)))) {
    throw new ExitlabError(
      'internal',
      `weight matching changed the outputs of the second network: a logit changed by ${difference}; the axes of a layer do not describe the layout of its units`,
    )
  }
  return [difference, images]
}

/** Largest magnitude; NaN where a value is. */
function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
