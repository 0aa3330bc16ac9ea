import { z } from 'zod'
import { landscapeArrangements } from '../../analyses/loss-landscape/figure/arrangement.ts'
import { elevationRange, zoomRange } from '../../analyses/loss-landscape/figure/surface-camera.ts'
import { reference } from './procedure.ts'

const analyses = z.object({
  /** Ids of loss landscapes that are done, made with one setting, in the order in which they are shown. */
  analyses: z.array(reference).min(1),
  /** One pair of directions by its index, or the mean over all. */
  draw: z.union([z.int().nonnegative(), z.literal('mean')]).default('mean'),
})

const shown = analyses.extend({
  /** Index of the exit where one is looked at; default the final one. */
  exit: z.int().nonnegative().optional(),
  log: z.boolean().default(false),
  /** Losses above so many nats are cut off; null: none; default: as the workbench does where nothing is chosen. */
  limit: z.number().positive().nullable().optional(),
  /** Coefficients at which slices cut: the nearest that there are. */
  delta: z.number().default(0),
  eta: z.number().default(0),
})

/** `regimes`: runs by exits; `exits`: all exits of the first analysis; `seeds`: one exit, seeds by regimes. */
const arrangement = z.enum(landscapeArrangements).default('regimes')

const camera = z.object({
  /** Degrees around, and above the ground. */
  azimuth: z.number().default(-38),
  elevation: z.number().min(elevationRange.low).max(elevationRange.high).default(28),
  zoom: z.number().min(zoomRange.low).max(zoomRange.high).default(1),
})

export const landscapeTableInput = analyses.extend({ of: z.literal('landscape') })
export const landscapeSurfaceInput = shown.extend({
  of: z.literal('landscape-surface'),
  arrangement,
  camera: camera.prefault({}),
})
export const landscapeContourInput = shown.extend({ of: z.literal('landscape-contour'), arrangement })
export const landscapeSliceInput = shown.extend({
  of: z.literal('landscape-slice'),
  along: z.enum(['delta', 'eta']).default('delta'),
})
