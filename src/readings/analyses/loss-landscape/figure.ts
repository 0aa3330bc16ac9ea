import { z } from 'zod'
import { figureOf } from '../../../figures/figure.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import { parsed, type AnalysisFigures, type Found } from '../analysis.ts'
import { arranged, landscapeArrangements, landscapePanel, lossesOf, toldApart } from './figure/arrangement.ts'
import { defaultLimit } from './figure/limits.ts'
import { lossScale } from './figure/scale.ts'
import { landscapeSliceOption, landscapeSliceSentence, sliceData } from './figure/slice.ts'
import { elevationRange, zoomRange } from './figure/surface-camera.ts'
import { nearestIndex } from './figure/surface-scene.ts'
import { landscapeSentence, landscapeSurfaceSvg } from './figure/surface.ts'
import { chosenDraw, checkedExit, landscapes, type Landscapes } from './figure/landscapes.ts'
import type { LossLandscapeParameters, LossLandscapeResult } from './schema.ts'
import { contourDrawing, type ContourLook } from './figure/contour-drawing.ts'
import { multiplesFigure, type LandscapeMultiples } from './figure/multiples.ts'
import type { LandscapePanel } from './figure/panel.ts'
import type { FigureFrame } from '../../../figures/plot.ts'

const shown = z.object({
  draw: chosenDraw,
  /** Index of the exit where one is shown; default the final one. */
  exit: z.int().nonnegative().optional(),
  log: z.boolean().default(false),
  /** Losses above so many nats are cut off; null: none; default: as the window does where nothing is chosen. */
  limit: z.number().positive().nullable().optional(),
  /** Coefficients at which slices cut: the nearest that there are. */
  delta: z.number().default(0),
  eta: z.number().default(0),
})
/** `regimes`: runs by exits; `exits`: all exits of the first analysis; `seeds`: one exit, seeds by regimes. */
const panels = shown.extend({ arrangement: z.enum(landscapeArrangements).default('regimes') })
const camera = z.object({
  /** Degrees around, and above the ground. */
  azimuth: z.number().default(-38),
  elevation: z.number().min(elevationRange.low).max(elevationRange.high).default(28),
  zoom: z.number().min(zoomRange.low).max(zoomRange.high).default(1),
})
const surfaceOptions = panels.extend({ camera: camera.prefault({}) })
const sliceOptions = shown.extend({ along: z.enum(['delta', 'eta']).default('delta') })

type Subject = Found<LossLandscapeParameters, LossLandscapeResult>
type Shown = z.output<typeof shown>

export const figures: AnalysisFigures<LossLandscapeParameters, LossLandscapeResult> = {
  'landscape-surface'(found, given) {
    const options = parsed(surfaceOptions, given)
    const { data, ...look } = panelsOf(found, options)
    return {
      name: fileStem(found.subjects, 'landscape-surface'),
      svg: (frame) => landscapeSurfaceSvg(data, { camera: options.camera, ...look }, frame),
      sentence: landscapeSentence(data),
    }
  },

  'landscape-contour'(found, given) {
    const { data, ...look } = panelsOf(found, parsed(panels, given))
    return {
      name: fileStem(found.subjects, 'landscape-contour'),
      svg: (frame) => landscapeContourSvg(data, look, frame),
      sentence: landscapeSentence(data),
    }
  },

  'landscape-slice'(found, given) {
    const options = parsed(sliceOptions, given)
    const { along, log } = options
    const landscape = drawnLandscapes(found, options)
    const exit = checkedExit(landscape, options.exit)
    const cut = landscape.runs
      .filter(({ exitCount }) => exit < exitCount)
      .map((run) => landscapePanel(run, { ...options, exit }))
    const losses = cut.flatMap(({ values }) => values.flat())
    const scale = lossScale(losses, { log, limit: limitOf(landscape, options) })
    const data = sliceData(cut, { along, cuts: cutsOf(landscape, options), scale, note: landscape.note })
    const name = fileStem(found.subjects, `landscape-slice-${along}`)
    return figureOf(name, data, { option: landscapeSliceOption, sentence: landscapeSliceSentence })
  },
}

function panelsOf(found: Subject, options: z.output<typeof panels>) {
  const landscape = drawnLandscapes(found, options)
  const exit = checkedExit(landscape, options.exit)
  const choice = { arrangement: options.arrangement, draw: options.draw, exit, run: 0 }
  const data = arranged(landscape.runs, choice, landscape.note)
  const scale = lossScale(lossesOf(data), { log: options.log, limit: limitOf(landscape, options) })
  return { data, scale, cuts: cutsOf(landscape, options) }
}

function drawnLandscapes(found: Subject, { draw }: Shown): Landscapes {
  const { runs, note } = landscapes(found, draw)
  return { runs: toldApart(runs), note }
}

function limitOf({ runs }: Landscapes, { limit }: Shown): number | null {
  return limit === undefined ? defaultLimit(runs) : limit
}

function cutsOf({ runs }: Landscapes, { delta, eta }: Shown) {
  const { coefficients } = runs[0]!
  return { delta: nearestIndex(coefficients, delta), eta: nearestIndex(coefficients, eta) }
}

/** Contours of all panels as a standalone SVG, in one scale. A function of data, look and size alone. */
export function landscapeContourSvg(data: LandscapeMultiples, look: ContourLook, frame: FigureFrame): string {
  const draw = (panel: LandscapePanel, box: FigureFrame) => contourDrawing(panel, look, box)
  return multiplesFigure(data, { frame, scale: look.scale, title: landscapeSentence(data), draw })
}
