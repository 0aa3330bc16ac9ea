import type { ExportQuery } from '../../../contract/exports.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import type { PaperFigure } from '../../../shared/paper/paper-report.ts'
import { panelFiles } from '../exports/writers/report/files.ts'
import { readFigure } from '../exports/figure.ts'
import { drawPanels, type ReportPanel } from '../exports/report/draw-panels.ts'
import type { PaperServices } from './services.ts'
import { fileStates, type PaperFileState, statesOf } from './file-states.ts'
import { chosenItems, idOf } from './matrix.ts'
import type { MatrixFigure } from './matrix-schema.ts'
import { firstSeed, neededAnalyses } from './needed-analyses.ts'
import { settingOf } from './own-settings.ts'

/** A figure of the paper, read but not drawn. */
export interface MadeFigure {
  about: Omit<PaperFigure, 'panels'>
  panels: ReportPanel[]
}

/** The figures of the paper from the runs and analyses that are done. */
export async function paperFigures(
  services: PaperServices,
  scale: PaperScale,
  items: readonly string[],
): Promise<MadeFigure[]> {
  const states = await fileStates(services, { scale, items })
  const made: MadeFigure[] = []
  for (const item of chosenItems(items)) {
    if (item.kind === 'table') continue
    made.push(await madeFigure(services, item, { scale, states: statesOf(item, scale, states) }))
  }
  return made
}

/** What figures show, in words. */
export function describeFigures(figures: readonly MadeFigure[]): PaperFigure[] {
  return figures.map(({ about, panels }) => ({
    ...about,
    panels: panels.map(({ name, figure }) => ({ name, sentence: figure.sentence })),
  }))
}

export const panelsOf = (figures: readonly MadeFigure[]): ReportPanel[] => figures.flatMap(({ panels }) => panels)

/** Every panel of some figures as SVG and PDF. */
export async function figureFiles(figures: readonly MadeFigure[]): Promise<{ name: string; bytes: Blob }[]> {
  const files = (await drawPanels(panelsOf(figures))).flatMap(panelFiles)
  return files.map(({ path, bytes }) => ({ name: path, bytes }))
}

interface Subject {
  scale: PaperScale
  states: readonly PaperFileState[]
}

async function madeFigure(services: PaperServices, item: MatrixFigure, subject: Subject): Promise<MadeFigure> {
  const queries = queriesOf(services, item, subject)
  const about = {
    item: idOf(item),
    title: `Figure ${item.number}: ${item.title}`,
    caption: `${settingOf(subject.states[0]!)}.${item.note === null ? '' : ` ${item.note}`}`,
  }
  try {
    const panels: MadeFigure['panels'] = []
    for (const { name, query, height } of queries.panels) {
      panels.push({
        name: [idOf(item), name].flatMap((part) => part ?? []).join('-'),
        figure: await readFigure(services, query),
        height,
      })
    }
    return { about: { ...about, missing: queries.missing }, panels }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return { about: { ...about, missing: error.message }, panels: [] }
  }
}

interface Queries {
  panels: { name: string | null; query: ExportQuery; height?: number | undefined }[]
  missing: string | null
}

/** What is asked for each panel, of the runs and analyses that are done. */
function queriesOf(services: PaperServices, item: MatrixFigure, { scale, states }: Subject): Queries {
  const { drawing, regimes } = item
  const runs = states.flatMap((state) => state.runs).filter(({ regime }) => regimes.includes(regime))
  const done = runs.filter(({ status }) => status === 'done')
  const missing = shortfall('runs', { all: runs.length, done: done.length })
  if (drawing.of === 'cost-curve') {
    const question = { runs: done.map(({ id }) => id!), rule: drawing.rule ?? undefined }
    return { panels: done.length === 0 ? [] : [{ name: null, query: { reading: 'curve', question } }], missing }
  }
  if (drawing.of === 'dominance') {
    const ofFirst = firstSeed(done)
    return {
      panels: ofFirst.map(({ id, regime }) => ({
        name: regime,
        query: { reading: 'dominance', question: { runs: [id!], figure: 'lines' } },
      })),
      missing: ofFirst.length === regimes.length ? null : missing,
    }
  }
  const { statuses, done: analysed } = neededAnalyses(services, item, { scale, runs })!
  const panels = drawing.panels.map(({ name, figure, options, height }) => ({
    name,
    height,
    query: { analyses: analysed, name: figure, ...options },
  }))
  return {
    panels: analysed.length === 0 ? [] : panels,
    missing: shortfall('analyses', { all: statuses.length, done: analysed.length }),
  }
}

function shortfall(what: string, { all, done }: { all: number; done: number }): string | null {
  return done === all ? null : `${done} of its ${all} ${what} are done.`
}
