import type { ExportQuery, FigureFormat } from '../../../contract/exports.ts'
import type { Figure } from '../../../figures/figure.ts'
import type { FigureLayout } from '../../../figures/figure-layout.ts'
import { figureFile } from './writers/figure-file.ts'
import { readingFigure } from '../comparison/readings/answer-reading.ts'
import { emptyClassesWords } from './empty-classes.ts'
import type { ExportServices } from './services.ts'
import { analysisFigure } from './analyses.ts'

/** A figure as the bytes of a file, with its name. */
export async function exportFigure(
  services: ExportServices,
  { figure: query, format, ...layout }: { figure: ExportQuery; format: FigureFormat } & FigureLayout,
) {
  const figure = await readFigure(services, query)
  const sentence = [figure.sentence, ...emptyClassesWords(services, query)].join(' ')
  return figureFile({ ...figure, sentence }, layout, format)
}

/** A figure as every format is made of it. */
export async function readFigure(services: ExportServices, query: ExportQuery): Promise<Figure> {
  return 'analyses' in query ? analysisFigure(services, query) : readingFigure(services, query)
}
