import type { ModeConnectivityParameters, ModeConnectivityResult } from './schema.ts'
import type { Precision } from '../../../shared/experiment/precision.ts'
import { fewSamples } from '../few-samples.ts'
import { modelValues } from '../../../engine/training/phase-state.ts'
import type { AnalysisRequest, Compute } from '../../../engine/analyses/analysis.ts'
import { hasBatchNorm } from '../../../engine/analyses/batch-norm-statistics.ts'
import { coarseToFine, interpolate, lambdasOf, connectivityPath } from '../../../engine/analyses/connectivity-path.ts'
import type { PointMetrics } from '../../../engine/analyses/connectivity-path.ts'
import { checkFinite } from '../../../engine/analyses/check-finite.ts'
import { matchedModel, type MatchedModel } from './compute/matched-model.ts'
import { exactPoints, partCount, precisionParts } from './compute/part-count.ts'
import { surveying, type PathSurvey, type SurveyOptions } from './compute/path-survey.ts'
import type { EngineArrays } from '../../../engine/matching/permute-units.ts'

type Request = AnalysisRequest<ModeConnectivityParameters, ModeConnectivityResult>

/** Loss along the straight path between two models. */
export const compute: Compute<ModeConnectivityParameters, ModeConnectivityResult> = async (request) => {
  const { parameters, models, plan } = request
  const { network } = models[0]!
  const [first, second] = models.map(({ weights }) => modelValues(network, weights)) as [EngineArrays, EngineArrays]
  checkFinite([first, second])
  plan(partCount(parameters, { sweeps: parameters.sweeps, moved: true }))
  const options = surveyOptions(request)
  return surveying(options, first, (survey) => walk({ ...request, ...options }, [first, second], survey))
}

/** All analyses use the same images, so that pairs of runs can be compared. */
const imageSeed = 0

function surveyOptions({ parameters, models, images }: Request): SurveyOptions {
  const { network } = models[0]!
  const some = (split: 'train' | 'test', count: number) => images.some(split, { count, seed: imageSeed })
  const estimates = parameters.batchNorm === 're-estimated' && hasBatchNorm(network)
  return {
    network,
    train: some('train', parameters.images),
    test: some('test', parameters.images),
    statistics: estimates ? some('train', parameters.statisticsImages) : null,
    precision: parameters.precision,
  }
}

/** Measures both paths point by point, coarse to fine; previews are the same path with fewer points. */
async function walk(
  request: Request & Samples,
  ends: readonly [EngineArrays, EngineArrays],
  survey: PathSurvey,
): Promise<ModeConnectivityResult> {
  const { points, sweeps, seed } = request.parameters
  const { parameters } = request.models[0]!.network
  const matched = request.parameters.matched
    ? await matchedModel({ parameters, ends, survey, sweeps, seed, part: (...part) => request.part(...part) })
    : null
  if (matched) request.plan(partCount(request.parameters, matched))
  const lambdas = lambdasOf(points)
  const measure = (path: string, second: EngineArrays, point: number, precision?: Precision) =>
    request.part(`${path}/${point}`, () =>
      survey.metricsAt(interpolate(parameters, [ends[0], second], lambdas[point]!), precision),
    )
  const matchedPoints: MetricsByPoint = new Map()
  const surveyed: Surveyed = {
    lambdas,
    naive: new Map(),
    exact: new Map(),
    matched: matched && { model: matched, points: matchedPoints },
  }
  for (const point of coarseToFine(points)) {
    const metrics = await measure('naive', ends[1], point)
    // The paths share their ends, since a permutation does not change the second model's function, and all points if no unit was moved.
    const shared = point === 0 || point === points - 1 || !matched?.moved
    const matchedMetrics = matched && !shared ? await measure('matched', matched.arrays, point) : metrics
    if (precisionParts(request.parameters) > 0 && exactPoints(points).includes(point)) {
      surveyed.exact.set(point, await measure('exact', ends[1], point, 'float32'))
    }
    // Set together: a preview may be drawn while the next point is measured.
    surveyed.naive.set(point, metrics)
    matchedPoints.set(point, matchedMetrics)
    if (surveyed.naive.size > 1) request.preview(() => connectivityResult(request, surveyed))
  }
  return connectivityResult(request, surveyed)
}

type MetricsByPoint = Map<number, PointMetrics>

/** Measurements so far; both ends are included. */
interface Surveyed {
  /** Of all points. */
  lambdas: readonly number[]
  naive: MetricsByPoint
  /** In float32, of the points where the error of another precision is measured. */
  exact: MetricsByPoint
  /** null if not requested. */
  matched: { model: MatchedModel; points: MetricsByPoint } | null
}

type Samples = Pick<SurveyOptions, 'train' | 'test' | 'statistics'>
type Analysed = Pick<Request, 'parameters' | 'models'> & Samples

/** The paths over the measured points. */
function connectivityResult(analysed: Analysed, surveyed: Surveyed): ModeConnectivityResult {
  const { naive, matched } = surveyed
  const measuredPoints = [...naive.keys()].sort((a, b) => a - b)
  const lambdas = measuredPoints.map((point) => surveyed.lambdas[point]!)
  const pathOf = (measured: MetricsByPoint) =>
    connectivityPath(
      lambdas,
      measuredPoints.map((point) => measured.get(point)!),
    )
  const precisionError = errorsOf(surveyed)
  return {
    lambdas,
    naive: pathOf(naive),
    matched: matched && pathOf(matched.points),
    matching: matched && matchingOf(matched.model),
    ...(precisionParts(analysed.parameters) > 0 && { precisionError }),
    caveats: caveatsOf(analysed, { matched: matched?.model ?? null, precisionError }),
  }
}

type PrecisionError = NonNullable<ModeConnectivityResult['precisionError']>

/** Largest differences of a loss from that in float32; null until all are measured. */
function errorsOf({ lambdas, naive, exact }: Surveyed): PrecisionError | null {
  const [first, last, middle] = exactPoints(lambdas.length).map((point) => {
    const [found, wanted] = [naive.get(point), exact.get(point)]
    return found && wanted && largestDifference(lossesOf(found), lossesOf(wanted))
  })
  if (first === undefined || last === undefined || middle === undefined) return null
  return { ends: Math.max(first, last), middle }
}

/** Of both splits. */
function lossesOf(metrics: PointMetrics): number[] {
  const quarter = metrics.length / 4
  return [...metrics.subarray(0, quarter), ...metrics.subarray(2 * quarter, 3 * quarter)]
}

const largestDifference = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((each, index) => Math.abs(each - b[index]!)))

function matchingOf({ sweeps, groups, distanceBefore, distanceAfter, equivalence }: MatchedModel) {
  return { sweeps, groups, distanceBefore, distanceAfter, equivalence }
}

interface Found {
  matched: MatchedModel | null
  precisionError: PrecisionError | null
}

function caveatsOf(
  { parameters, models, train, test, statistics }: Analysed,
  { matched, precisionError }: Found,
): string[] {
  const { images, statisticsImages } = parameters
  const few = [
    fewSamples('train', train.sampleCount, images),
    fewSamples('test', test.sampleCount, images),
    statistics && fewSamples('train', statistics.sampleCount, statisticsImages),
  ]
  return [
    ...new Set(few),
    precisionError && inPrecision(parameters.precision, precisionError),
    batchNormCaveat(parameters, hasBatchNorm(models[0]!.network)),
    ...matchingCaveats(matched),
  ].filter((caveat) => caveat !== null)
}

const inPrecision = (precision: string, { ends, middle }: PrecisionError) =>
  `Computed in ${precision}: losses on the path without matching differ from those in float32 by up to ${ends.toPrecision(2)} nats at the ends and ${middle.toPrecision(2)} nats in the middle.`

function batchNormCaveat({ batchNorm }: ModeConnectivityParameters, present: boolean): string | null {
  if (!present) return null
  return batchNorm === 're-estimated'
    ? 'Batch norm statistics are re-estimated at every point, including the ends, so losses at the ends differ slightly from those of the runs’ evaluations.'
    : 'Batch norm statistics are interpolated like weights. Between the ends they do not fit the features, which alone raises the loss.'
}

function matchingCaveats(matched: MatchedModel | null): (string | null)[] {
  if (matched === null) return []
  const { moved, settled, sweeps } = matched
  const rounds = sweeps === 1 ? '1 sweep' : `${sweeps} sweeps`
  return [
    moved
      ? null
      : 'Weight matching found no better permutation than the identity, as is usual for runs with the same initial weights. The matched path equals the naive path.',
    settled ? null : `Weight matching had not converged after ${rounds}. Increase sweeps.`,
    'Weight matching finds a local optimum. A remaining barrier does not prove that two runs are in different basins: compare barriers between pairs of runs.',
  ]
}
