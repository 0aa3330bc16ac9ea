import { hasBatchNorm } from '../../../../engine/analyses/batch-norm-statistics.ts'
import type { ParameterSpec } from '../../../../engine/layers/layer.ts'
import { elements } from '../../../../engine/layers/parameter.ts'
import type { Network } from '../../../../engine/networks/index.ts'
import { count, percent, plural } from '../../../../shared/format/numbers.ts'
import type { LossLandscapeParameters, LossLandscapeResult } from '../schema.ts'
import { coefficientsOf } from '../coefficients.ts'

/** Subject of a landscape. */
export interface LandscapeSubject {
  network: Network
  parameters: LossLandscapeParameters
  /** Parameters moved by the directions. */
  moved: readonly ParameterSpec[]
  imageCount: number
}

/** Losses of the exits by the place of a point in its grid, row by row. */
type LossesByPoint = ReadonlyMap<number, Float64Array>

/** Result of one draw of directions so far. */
interface DrawnSurface {
  /** [exits][points of δ][points of η]; null where a loss is not finite or not there yet. */
  losses: (number | null)[][][]
  /** Number of measured losses that are not finite. */
  notFinite: number
}

export interface SurfaceInPrecision extends DrawnSurface {
  /** As by `precisionErrors`; empty in float32, and before they are measured. */
  errors: readonly number[]
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
export function landscapeResult(
  subject: LandscapeSubject,
  surfaces: readonly SurfaceInPrecision[],
): LossLandscapeResult {
  const { parameters, imageCount } = subject
  const notFinite = surfaces.reduce((sum, surface) => sum + surface.notFinite, 0)
  const precisionError = largestErrors(surfaces, subject.network.exits.length)
  return {
    coefficients: coefficientsOf(parameters),
    surfaces: surfaces.map(({ losses }) => losses),
    images: imageCount,
    ...(parameters.precision !== 'float32' && { precisionError }),
    caveats: caveatsOf(subject, { notFinite, precisionError }),
  }
}

/** Null where there are none yet. Losses that are not finite have no error. */
function largestErrors(
  surfaces: readonly SurfaceInPrecision[],
  exits: number,
): { centre: number; corners: number } | null {
  const measured = surfaces.map(({ errors }) => errors).filter(({ length }) => length > 0)
  if (measured.length === 0) return null
  const largest = (of: (errors: readonly number[]) => readonly number[]) =>
    Math.max(0, ...measured.flatMap(of).filter((error) => Number.isFinite(error)))
  return { centre: largest((errors) => errors.slice(0, exits)), corners: largest((errors) => errors.slice(exits)) }
}

interface Found {
  notFinite: number
  precisionError: ReturnType<typeof largestErrors>
}

function caveatsOf({ network, parameters, moved }: LandscapeSubject, { notFinite, precisionError }: Found): string[] {
  return [
    precisionError === null ? null : inPrecision(parameters.precision, precisionError),
    hasBatchNorm(network)
      ? 'Batch norm uses the statistics of the trained weights. They do not fit the moved weights, which alone raises the loss with the distance from the centre.'
      : null,
    `${slices(parameters.draws)} through a space of ${count(numbersIn(moved))} dimensions: a flat surface does not prove a flat minimum.`,
    'Directions are scaled to the weights of each run. Compare surfaces only where network, seed, samples and moved parameters are the same.',
    notFinite > 0 ? leftOut(notFinite) : null,
  ].filter((caveat) => caveat !== null)
}

const inPrecision = (precision: string, { centre, corners }: { centre: number; corners: number }) =>
  `Computed in ${precision}: losses differ from those in float32 by up to ${centre.toPrecision(2)} nats at the centre and ${percent(corners, 2)} % at the corners.`

const slices = (draws: number) =>
  draws === 1 ? 'Two random directions show one slice' : `${draws} pairs of random directions show ${draws} slices`

const numbersIn = (parameters: readonly ParameterSpec[]) =>
  parameters.reduce((sum, { shape }) => sum + elements(shape), 0)

const leftOut = (losses: number) =>
  `${plural(losses, 'loss is', 'losses are')} not finite and ${losses === 1 ? 'is' : 'are'} omitted.`
