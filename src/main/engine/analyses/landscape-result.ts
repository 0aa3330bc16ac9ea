import type { LossLandscapeParameters, LossLandscapeResult } from '../../../shared/analyses/loss-landscape.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import type { Network } from '../networks/index.ts'
import { hasBatchNorm } from './batch-norm-statistics.ts'
import { coefficientsOf } from './landscape-grid.ts'

/** Losses of the exits by the place of a point in its grid, row by row. */
export type LossesByPoint = ReadonlyMap<number, Float64Array>

/** What a landscape is of. */
export interface LandscapeSubject {
  network: Network
  parameters: LossLandscapeParameters
  /** What the directions move. */
  moved: readonly ParameterSpec[]
  imageCount: number
}

/** The surfaces of the draws that have begun, with null where a loss is not finite or not there yet. */
export function landscapeResult(subject: LandscapeSubject, draws: readonly LossesByPoint[]): LossLandscapeResult {
  const { network, parameters, imageCount } = subject
  const { points, reach } = parameters
  const notFinite = draws
    .flatMap((losses) => [...losses.values()])
    .reduce((sum, losses) => sum + losses.filter((loss) => !Number.isFinite(loss)).length, 0)
  return {
    coefficients: coefficientsOf(points, reach),
    surfaces: draws.map((losses) => surfaceOf(losses, { points, exits: network.exits.length })),
    images: imageCount,
    caveats: caveatsOf(subject, notFinite),
  }
}

/** [exits][points of δ][points of η] */
function surfaceOf(losses: LossesByPoint, { points, exits }: { points: number; exits: number }) {
  const side = Array.from({ length: points }, (_, index) => index)
  const lossAt = (exit: number, point: number) => {
    const loss = losses.get(point)?.[exit]
    return loss !== undefined && Number.isFinite(loss) ? loss : null
  }
  return Array.from({ length: exits }, (_, exit) =>
    side.map((row) => side.map((column) => lossAt(exit, row * points + column))),
  )
}

function caveatsOf({ network, parameters, moved }: LandscapeSubject, notFinite: number): string[] {
  return [
    hasBatchNorm(network)
      ? 'Batch norm keeps the statistics of the trained weights. Away from the middle they fit the moved weights ever less, which by itself raises the loss.'
      : null,
    `${slices(parameters.draws)} through a space of ${numbersIn(moved).toLocaleString('en')} dimensions: a flat surface does not prove a flat minimum.`,
    'Directions are scaled to the weights of each run. Compare surfaces only where network, seed, images and moved parameters are the same.',
    notFinite > 0 ? leftOut(notFinite) : null,
  ].filter((caveat) => caveat !== null)
}

const slices = (draws: number) =>
  draws === 1 ? 'Two random directions show one slice' : `${draws} pairs of random directions show ${draws} slices`

const numbersIn = (parameters: readonly ParameterSpec[]) =>
  parameters.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0)

const leftOut = (count: number) =>
  count === 1
    ? '1 loss is not a finite number and is left out.'
    : `${count.toLocaleString('en')} losses are not finite numbers and are left out.`
