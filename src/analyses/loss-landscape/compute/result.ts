import type { LossLandscapeParameters, LossLandscapeResult } from '../schema.ts'
import type { ParameterSpec } from '../../../main/engine/layers/layer.ts'
import type { Network } from '../../../main/engine/networks/index.ts'
import { hasBatchNorm } from '../../../main/engine/analyses/batch-norm-statistics.ts'
import { coefficientsOf } from './grid.ts'

/** What a landscape is of. */
export interface LandscapeSubject {
  network: Network
  parameters: LossLandscapeParameters
  /** What the directions move. */
  moved: readonly ParameterSpec[]
  imageCount: number
}

/** Losses of the exits by the place of a point in its grid, row by row. */
export type LossesByPoint = ReadonlyMap<number, Float64Array>

/** What one draw of directions has shown so far. */
export interface DrawnSurface {
  /** [exits][points of δ][points of η]; null where a loss is not finite or not there yet. */
  losses: (number | null)[][][]
  /** How many losses were measured and are not finite. */
  notFinite: number
}

/** measured: of one draw. */
export function drawnSurface({ network, parameters }: LandscapeSubject, measured: LossesByPoint): DrawnSurface {
  const side = Array.from({ length: parameters.points }, (_, index) => index)
  let notFinite = 0
  const lossAt = (exit: number, point: number) => {
    const loss = measured.get(point)?.[exit]
    if (loss === undefined || Number.isFinite(loss)) return loss ?? null
    notFinite++
    return null
  }
  const losses = network.exits.map(({ exit }) =>
    side.map((row) => side.map((column) => lossAt(exit, row * side.length + column))),
  )
  return { losses, notFinite }
}

/** surfaces: of the draws that have begun. */
export function landscapeResult(subject: LandscapeSubject, surfaces: readonly DrawnSurface[]): LossLandscapeResult {
  const { parameters, imageCount } = subject
  const notFinite = surfaces.reduce((sum, surface) => sum + surface.notFinite, 0)
  return {
    coefficients: coefficientsOf(parameters.points, parameters.reach),
    surfaces: surfaces.map(({ losses }) => losses),
    images: imageCount,
    caveats: caveatsOf(subject, notFinite),
  }
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
