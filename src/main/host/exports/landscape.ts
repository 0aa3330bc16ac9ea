import { ExitlabError } from '../../../shared/error.ts'
import { arranged, landscapePanel, lossesOf } from '../../../analyses/loss-landscape/figure/arrangement.ts'
import type { ArrangementChoice } from '../../../analyses/loss-landscape/figure/arrangement.ts'
import { landscapeContourSvg } from '../../../analyses/loss-landscape/figure/contour.ts'
import { usualLimit } from '../../../analyses/loss-landscape/figure/limits.ts'
import { lossScale } from '../../../analyses/loss-landscape/figure/scale.ts'
import {
  landscapeSliceOption,
  landscapeSliceSentence,
  sliceData,
} from '../../../analyses/loss-landscape/figure/slice.ts'
import { landscapeSentence, landscapeSurfaceSvg } from '../../../analyses/loss-landscape/figure/surface.ts'
import { nearestIndex } from '../../../analyses/loss-landscape/figure/surface-scene.ts'
import type { ExportFigure } from '../../exports/figure-file.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { ExportTable } from '../../../shared/table.ts'
import { landscapePointTable, landscapeSummaryTable } from '../../../analyses/loss-landscape/table.ts'
import type { ClipboardFormat, TableFormat } from '../../../shared/contract/exports.ts'
import type { FigureOf, TableOf } from './query.ts'
import { landscapes } from '../analyses/landscapes.ts'
import type { Landscapes } from '../analyses/landscapes.ts'
import type { HostServices } from '../services.ts'

export async function landscapeSurface(
  services: HostServices,
  query: FigureOf<'landscape-surface'>,
): Promise<ExportFigure> {
  const { name, data, ...look } = await panelsOf(services, query)
  return {
    name: `${name}-surface`,
    svg: (frame) => landscapeSurfaceSvg(data, { camera: query.camera, ...look }, frame),
    sentence: landscapeSentence(data),
  }
}

export async function landscapeContour(
  services: HostServices,
  query: FigureOf<'landscape-contour'>,
): Promise<ExportFigure> {
  const { name, data, ...look } = await panelsOf(services, query)
  return {
    name: `${name}-contour`,
    svg: (frame) => landscapeContourSvg(data, look, frame),
    sentence: landscapeSentence(data),
  }
}

export async function landscapeSlice(
  services: HostServices,
  query: FigureOf<'landscape-slice'>,
): Promise<ExportFigure> {
  const found = await landscapes(services, query)
  const exit = exitOf(found, query.exit)
  const panels = found.runs
    .filter(({ exitCount }) => exit < exitCount)
    .map((run) => landscapePanel(run, { ...query, exit }))
  const losses = panels.flatMap(({ values }) => values.flat())
  const scale = lossScale(losses, { log: query.log, limit: limitOf(found, query) })
  const data = sliceData(panels, { along: query.along, cuts: cutsOf(found, query), scale, note: found.note })
  return {
    name: fileStem(found.subjects, `landscape-slice-${query.along}`),
    option: (frame) => landscapeSliceOption(data, frame),
    sentence: landscapeSliceSentence(data),
  }
}

/** Every point in a CSV, a few numbers for each panel in LaTeX. */
export async function landscapeTable(
  services: HostServices,
  query: TableOf<'landscape'>,
  format: TableFormat | ClipboardFormat,
): Promise<ExportTable> {
  const found = await landscapes(services, query)
  const data = { ...found, draw: query.draw }
  return format === 'latex' ? landscapeSummaryTable(data) : landscapePointTable(data)
}

type PanelsQuery = FigureOf<'landscape-contour'> | FigureOf<'landscape-surface'>

async function panelsOf(services: HostServices, query: PanelsQuery) {
  const found = await landscapes(services, query)
  const exit = exitOf(found, query.exit)
  const choice: ArrangementChoice = { arrangement: query.arrangement, draw: query.draw, exit, run: 0 }
  const data = arranged(found.runs, choice, found.note)
  return {
    name: fileStem(found.subjects, 'landscape'),
    data,
    scale: lossScale(lossesOf(data), { log: query.log, limit: limitOf(found, query) }),
    cuts: cutsOf(found, query),
  }
}

function limitOf({ runs }: Landscapes, { limit }: { limit?: number | null | undefined }): number | null {
  return limit === undefined ? usualLimit(runs) : limit
}

function exitOf({ runs }: Landscapes, asked: number | undefined): number {
  const count = Math.max(...runs.map(({ exitCount }) => exitCount))
  if (asked === undefined) return count - 1
  if (asked < count) return asked
  throw new ExitlabError('usage', `There is no exit ${asked}: expected one of 0 to ${count - 1}.`)
}

function cutsOf({ runs }: Landscapes, { delta, eta }: { delta: number; eta: number }) {
  const { coefficients } = runs[0]!
  return { delta: nearestIndex(coefficients, delta), eta: nearestIndex(coefficients, eta) }
}
