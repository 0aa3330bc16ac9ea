import type { ExportQuery, FigureFormat } from '../../../contract/exports.ts'
import type { Figure } from '../../../figures/figure.ts'
import type { FigureLayout } from '../../../figures/figure-layout.ts'
import { figureFile } from './writers/figure-file.ts'
import { readingFigure } from '../comparison/readings/readings.ts'
import type { ExportServices } from './services.ts'
import { analysisFigure } from './analyses.ts'

/** A figure as the bytes of a file, with its name. */
export async function exportFigure(
  services: ExportServices,
  { figure: query, format, ...layout }: { figure: ExportQuery; format: FigureFormat } & FigureLayout,
) {
  return figureFile(await readFigure(services, query), layout, format)
}

/** A figure as every format is made of it. */
export async function readFigure(services: ExportServices, query: ExportQuery): Promise<Figure> {
  return 'analyses' in query ? analysisFigure(services, query) : readingFigure(services, query)
}
