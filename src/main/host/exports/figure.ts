import type { AnalysisQuery, FigureFormat, OwnFigure } from '../../../contract/exports.ts'
import type { ReadingQuery } from '../../../contract/readings.ts'
import type { Figure } from '../../../figures/figure.ts'
import type { FigureLayout } from '../../../figures/figure-layout.ts'
import { figureFile } from '../../exports/figure-file.ts'
import { readingFigure } from '../readings/readings.ts'
import type { HostServices } from '../services.ts'
import { analysisFigure } from './analyses.ts'
import { dominanceFigures } from './dominance.ts'

export type FigureQuery = AnalysisQuery | ReadingQuery | OwnFigure

/** A figure as the bytes of a file, with its name. */
export async function exportFigure(
  services: HostServices,
  { figure: query, format, ...layout }: { figure: FigureQuery; format: FigureFormat } & FigureLayout,
) {
  return figureFile(await readFigure(services, query), layout, format)
}

/** A figure as every format is made of it. */
export async function readFigure(services: HostServices, query: FigureQuery): Promise<Figure> {
  if ('analyses' in query) return analysisFigure(services, query)
  if ('question' in query) return readingFigure(services, query)
  return dominanceFigures[query.of](services, query)
}
