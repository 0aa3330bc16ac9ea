import type { LossLandscapeParameters, LossLandscapeResult } from '../../../shared/analyses/loss-landscape.ts'
import { total } from '../cost/ledger.ts'
import type { EvaluationBatches } from '../training/batch.ts'
import { modelValues } from '../training/training-state.ts'
import type { Analysis, AnalysisRequest } from './analysis.ts'
import { checkFinite } from './finite-weights.ts'
import { landscapeDirections, movedParameters } from './landscape-directions.ts'
import type { GridPoint } from './landscape-grid.ts'
import { coefficientsOf, gridGroups } from './landscape-grid.ts'
import type { LandscapeSubject } from './landscape-result.ts'
import { landscapeResult } from './landscape-result.ts'
import type { LandscapeSurvey } from './landscape-survey.ts'
import { surveyingLandscape } from './landscape-survey.ts'
import type { EngineArrays } from './permute-units.ts'

type Request = AnalysisRequest<LossLandscapeParameters, LossLandscapeResult>

/** Loss of every exit around a model, along two filter-normalised random directions. */
export const lossLandscape: Analysis<LossLandscapeParameters, LossLandscapeResult> = {
  async run(request) {
    const { parameters, models, images } = request
    const { network, weights } = models[0]!
    const arrays = modelValues(network, weights)
    checkFinite([arrays])
    const batches = images.some(parameters.split, { count: parameters.images, seed: imageSeed })
    const moved = movedParameters(network, parameters)
    const subject = { network, parameters, moved, imageCount: countOf(batches) }
    return surveyingLandscape({ network, arrays, moved, batches }, (survey) =>
      walk(request, subject, { arrays, survey }),
    )
  },
}

/** Every run is looked at on the same images, so that their surfaces can be compared. */
const imageSeed = 0

function countOf(batches: EvaluationBatches): number {
  const last = batches.batchCount - 1
  return last * batches.batch(0).size + batches.batch(last).size
}

/** Measures one draw after the other, group by group of points; a kept group costs nothing, not even its directions. */
async function walk(
  request: Request,
  subject: LandscapeSubject,
  { arrays, survey }: { arrays: EngineArrays; survey: LandscapeSurvey },
): Promise<LossLandscapeResult> {
  const { network, parameters, moved, imageCount } = subject
  const { points, reach, draws, seed } = parameters
  const coefficients = coefficientsOf(points, reach)
  const groups = gridGroups(points, imageCount * total(network.operations.exits.at(-1)!))
  request.plan(draws * groups.length)
  const begun: Map<number, Float64Array>[] = []
  for (let draw = 0; draw < draws; draw++) {
    const losses = new Map<number, Float64Array>()
    begun.push(losses)
    const turn = once(() => survey.turn(landscapeDirections(moved, arrays, { seed, draw })))
    for (const [index, group] of groups.entries()) {
      const values = await request.part(`${draw}/${index}`, () => {
        turn()
        return lossesOf(survey, group, coefficients)
      })
      take(values, group, { losses, points })
      request.preview(landscapeResult(subject, begun))
    }
  }
  return landscapeResult(subject, begun)
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (!done) action()
    done = true
  }
}

/** [points of the group, exits], flat. */
async function lossesOf(
  survey: LandscapeSurvey,
  group: readonly GridPoint[],
  coefficients: readonly number[],
): Promise<number[]> {
  const values: number[] = []
  for (const [row, column] of group) {
    values.push(...(await survey.lossesAt(coefficients[row]!, coefficients[column]!)))
  }
  return values
}

function take(
  values: Float64Array,
  group: readonly GridPoint[],
  { losses, points }: { losses: Map<number, Float64Array>; points: number },
): void {
  const exits = values.length / group.length
  group.forEach(([row, column], index) =>
    losses.set(row * points + column, values.subarray(index * exits, (index + 1) * exits)),
  )
}
