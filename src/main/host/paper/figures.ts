import { setImmediate } from 'node:timers/promises'
import type { Figure } from '../../../figures/figure.ts'
import { paperWidths, type FigureLayout } from '../../../figures/figure-layout.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { PaperScale } from '../../../shared/paper.ts'
import type { PaperFigure } from '../../../shared/paper-report.ts'
import { drawnFigure, formatted } from '../../exports/figure-file.ts'
import type { DrawnPanel } from '../../exports/paper-report/content.ts'
import { panelFiles } from '../../exports/paper-report/files.ts'
import { type FigureQuery, readFigure } from '../exports/figure.ts'
import type { HostServices } from '../services.ts'
import { fileStates, type PaperFileState } from './file-states.ts'
import type { PaperRun } from './found-experiment.ts'
import { chosenItems, idOf } from './matrix.ts'
import type { MatrixFigure } from './matrix-schema.ts'
import { neededAnalyses } from './needed-analyses.ts'
import { settingOf } from './own-settings.ts'

/** A figure of the paper, read but not drawn. */
export interface MadeFigure {
  about: Omit<PaperFigure, 'panels'>
  panels: { name: string; figure: Figure; height: number | undefined }[]
}

/** The figures of the paper from the runs and analyses that are done. */
export async function paperFigures(
  services: HostServices,
  scale: PaperScale,
  items: readonly string[],
): Promise<MadeFigure[]> {
  const states = await fileStates(services, { scale, items })
  const made: MadeFigure[] = []
  for (const item of chosenItems(items)) {
    if (item.kind === 'figure') made.push(await madeFigure(services, item, { scale, state: states.get(item.file)! }))
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

const layoutOf = (height: number | undefined): FigureLayout => ({
  theme: 'light',
  legend: true,
  title: true,
  paper: { width: paperWidths['icml-text'].width, ...(height !== undefined && { height }), fontSize: 8 },
})

/** Every panel of some figures, drawn. Other requests are answered in between. */
export async function drawFigures(figures: readonly MadeFigure[]): Promise<DrawnPanel[]> {
  const panels: DrawnPanel[] = []
  for (const { name, figure, height } of figures.flatMap((each) => each.panels)) {
    const drawn = drawnFigure(figure, layoutOf(height))
    await setImmediate()
    panels.push({ name, svg: await (await formatted(drawn, 'svg')).text(), pdf: await formatted(drawn, 'pdf') })
    await setImmediate()
  }
  return panels
}

/** Every panel of some figures as SVG and PDF. */
export async function figureFiles(figures: readonly MadeFigure[]): Promise<{ name: string; bytes: Blob }[]> {
  const files = (await drawFigures(figures)).flatMap(panelFiles)
  return files.map(({ path, bytes }) => ({ name: path, bytes }))
}

interface Subject {
  scale: PaperScale
  state: PaperFileState
}

async function madeFigure(services: HostServices, item: MatrixFigure, subject: Subject): Promise<MadeFigure> {
  const queries = queriesOf(services, item, subject)
  const about = {
    item: idOf(item),
    title: `Figure ${item.number}: ${item.title}`,
    caption: `${settingOf(subject.state)}.${item.note === null ? '' : ` ${item.note}`}`,
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
  panels: { name: string | null; query: FigureQuery; height?: number | undefined }[]
  missing: string | null
}

/** What is asked for each panel, of the runs and analyses that are done. */
function queriesOf(services: HostServices, item: MatrixFigure, { scale, state }: Subject): Queries {
  const { drawing, regimes } = item
  const runs = state.runs.filter(({ regime }) => regimes.includes(regime))
  const done = runs.filter(({ status }) => status === 'done')
  const missing = shortfall('runs', { all: runs.length, done: done.length })
  if (drawing.of === 'cost-curve') {
    const question = { runs: done.map(({ id }) => id!), rule: drawing.rule ?? undefined }
    return { panels: done.length === 0 ? [] : [{ name: null, query: { reading: 'curve', question } }], missing }
  }
  if (drawing.of === 'dominance') {
    const ofFirst = firstSeed(done)
    return {
      panels: ofFirst.map(({ id, regime }) => ({ name: regime, query: { of: 'dominance-lines', run: id! } })),
      missing: ofFirst.length === regimes.length ? null : missing,
    }
  }
  const { statuses, done: analysed } = neededAnalyses(services, item, { scale, experiment: state })!
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

function firstSeed(runs: readonly PaperRun[]): PaperRun[] {
  const first = Math.min(...runs.map(({ seed }) => seed))
  return runs.filter(({ seed }) => seed === first)
}

function shortfall(what: string, { all, done }: { all: number; done: number }): string | null {
  return done === all ? null : `${done} of its ${all} ${what} are done.`
}
