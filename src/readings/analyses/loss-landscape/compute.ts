import type { LossLandscapeParameters, LossLandscapeResult } from './schema.ts'
import { total } from '../../../engine/layers/operations.ts'
import { modelValues } from '../../../engine/training/phase-state.ts'
import type { AnalysisRequest, Compute } from '../../../engine/analyses/analysis.ts'
import { checkFinite } from '../../../engine/analyses/check-finite.ts'
import { landscapeDirections, movedParameters } from './compute/directions.ts'
import { gridGroups, type GridPoint } from './compute/grid.ts'
import {
  drawnSurface,
  landscapeResult,
  type LandscapeSubject,
  type SurfaceInPrecision,
} from './compute/landscape-result.ts'
import { surveyingLandscape, type LandscapeSurvey } from './compute/survey.ts'
import { coefficientsOf } from './coefficients.ts'
import type { EngineArrays } from '../../../engine/matching/permute-units.ts'

type Request = AnalysisRequest<LossLandscapeParameters, LossLandscapeResult>

/** Loss of every exit around a model, along two filter-normalised random directions. */
export const compute: Compute<LossLandscapeParameters, LossLandscapeResult> = async (request) => {
  const { parameters, models, images } = request
  const { network, weights } = models[0]!
  const arrays = modelValues(network, weights)
  checkFinite([arrays])
  const batches = images.some(parameters.split, { count: parameters.images, seed: imageSeed })
  const moved = movedParameters(network, parameters)
  const subject = { network, parameters, moved, imageCount: batches.sampleCount }
  return surveyingLandscape({ network, arrays, moved, batches, precision: parameters.precision }, (survey) =>
    walk({ request, subject, arrays, survey, groups: groupsOf(subject) }),
  )
}

/** All runs use the same images, so that their surfaces can be compared. */
const imageSeed = 0

function groupsOf({ network, parameters, imageCount }: LandscapeSubject): GridPoint[][] {
  return gridGroups(parameters.points, imageCount * total(network.operations.exits.at(-1)!))
}

interface Ground {
  request: Request
  subject: LandscapeSubject
  arrays: EngineArrays
  survey: LandscapeSurvey
  groups: readonly (readonly GridPoint[])[]
}

/** Measures one draw after the other; previews have null for unmeasured points. */
async function walk(ground: Ground): Promise<LossLandscapeResult> {
  const { request, subject, groups } = ground
  const { draws, precision } = subject.parameters
  const ofPrecision = precision === 'float32' ? 0 : 1
  request.plan(draws * (groups.length + ofPrecision))
  const whole: SurfaceInPrecision[] = []
  for (let draw = 0; draw < draws; draw++) {
    const losses = new Map<number, Float64Array>()
    const errors: number[] = []
    const surface = () => ({ ...drawnSurface(subject, losses), errors })
    await measureDraw(ground, {
      draw,
      losses,
      errors,
      onGroup: () => request.preview(() => landscapeResult(subject, [...whole.slice(0, draw), surface()])),
    })
    whole.push(surface())
  }
  return landscapeResult(subject, whole)
}

interface MeasuredDraw {
  draw: number
  /** Of each exit by the place of a point in its grid: filled group by group. */
  losses: Map<number, Float64Array>
  /** Filled with the errors of the draw's precision, where it is not float32. */
  errors: number[]
  onGroup: () => void
}

/** A group that was kept costs nothing, not even its directions. */
async function measureDraw(
  { request, subject, arrays, survey, groups }: Ground,
  { draw, losses, errors, onGroup }: MeasuredDraw,
): Promise<void> {
  const { moved, parameters } = subject
  const turn = once(() => survey.turn(landscapeDirections(moved, arrays, { seed: parameters.seed, draw })))
  if (parameters.precision !== 'float32') {
    const measured = await request.part(`${draw}/precision`, () => {
      turn()
      return precisionErrors(survey, parameters.reach)
    })
    errors.push(...measured)
  }
  for (const [index, group] of groups.entries()) {
    const values = await request.part(`${draw}/${index}`, () => {
      turn()
      return lossesOf(survey, group, coefficientsOf(parameters))
    })
    const exits = values.length / group.length
    group.forEach(([row, column], point) =>
      losses.set(row * parameters.points + column, values.subarray(point * exits, (point + 1) * exits)),
    )
    onGroup()
  }
}

/** Differences of the losses from those in float32: of each exit at the centre, in nats, then at the corners, as shares. */
async function precisionErrors(survey: LandscapeSurvey, reach: number): Promise<number[]> {
  const differences = async (alpha: number, beta: number) => {
    const exact = await survey.lossesAt(alpha, beta, 'float32')
    const losses = await survey.lossesAt(alpha, beta)
    return losses.map((loss, exit) => ({ nats: Math.abs(loss - exact[exit]!), of: exact[exit]! }))
  }
  const errors = (await differences(0, 0)).map(({ nats }) => nats)
  for (const alpha of [-reach, reach]) {
    for (const beta of [-reach, reach])
      errors.push(...(await differences(alpha, beta)).map(({ nats, of }) => nats / of))
  }
  return errors
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
