import type { ModeConnectivityParameters, ModeConnectivityResult } from '../schema.ts'
import type { AnalysisRequest } from '../../../main/engine/analyses/analysis.ts'
import { hasBatchNorm } from '../../../main/engine/analyses/batch-norm-statistics.ts'
import type { PlaceMetrics } from '../../../main/engine/analyses/connectivity-path.ts'
import { connectivityPath } from '../../../main/engine/analyses/connectivity-path.ts'
import type { MatchedModel } from './matched-model.ts'

export type MetricsByPlace = Map<number, PlaceMetrics>

/** What has been measured so far; both ends are there. */
export interface Surveyed {
  /** Of all places. */
  lambdas: readonly number[]
  naive: MetricsByPlace
  /** null where it was not asked for. */
  matched: { model: MatchedModel; places: MetricsByPlace } | null
}

type Asked = Pick<AnalysisRequest<ModeConnectivityParameters, ModeConnectivityResult>, 'parameters' | 'models'>

/** The paths over the places that have been measured. */
export function connectivityResult(asked: Asked, surveyed: Surveyed): ModeConnectivityResult {
  const { naive, matched } = surveyed
  const places = [...naive.keys()].sort((a, b) => a - b)
  const lambdas = places.map((place) => surveyed.lambdas[place]!)
  const pathOf = (measured: MetricsByPlace) =>
    connectivityPath(
      lambdas,
      places.map((place) => measured.get(place)!),
    )
  return {
    lambdas,
    naive: pathOf(naive),
    matched: matched && pathOf(matched.places),
    matching: matched && matchingOf(matched.model),
    caveats: caveatsOf(asked, matched?.model ?? null),
  }
}

function matchingOf({ sweeps, groups, distanceBefore, distanceAfter, equivalence }: MatchedModel) {
  return { sweeps, groups, distanceBefore, distanceAfter, equivalence }
}

function caveatsOf({ parameters, models }: Asked, matched: MatchedModel | null): string[] {
  return [batchNormCaveat(parameters, hasBatchNorm(models[0]!.network)), ...matchingCaveats(matched)].filter(
    (caveat) => caveat !== null,
  )
}

function batchNormCaveat({ batchNorm }: ModeConnectivityParameters, present: boolean): string | null {
  if (!present) return null
  return batchNorm === 're-estimated'
    ? 'Statistics of batch norm are measured anew at every place, the ends included, so losses at the ends differ a little from those of the runs’ own evaluations.'
    : 'Statistics of batch norm are interpolated like weights. Between the ends they do not fit the features there, which by itself raises the loss.'
}

function matchingCaveats(matched: MatchedModel | null): (string | null)[] {
  if (matched === null) return []
  const { moved, settled, sweeps } = matched
  const rounds = sweeps === 1 ? '1 sweep' : `${sweeps} sweeps`
  return [
    moved
      ? null
      : 'Weight matching found nothing to line up: every unit is closest to its own, as where two runs began at the same weights. The matched path is the naive one.',
    settled ? null : `Weight matching had not settled after ${rounds}; more may find a closer match.`,
    'Weight matching finds a local optimum. A barrier that stays does not prove that two runs lie in different basins: compare barriers between pairs of runs.',
  ]
}
