import type { EpochDominance } from '../../../analyses/gradient-dominance/schema.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { dominanceBlocksOption, dominanceBlocksSentence } from '../../../analyses/gradient-dominance/figure/blocks.ts'
import type { DominanceBlocksData } from '../../../analyses/gradient-dominance/figure/blocks.ts'
import type { DominanceData } from '../../../analyses/gradient-dominance/figure/data.ts'
import { dominanceLinesOption, dominanceLinesSentence } from '../../../analyses/gradient-dominance/figure/lines.ts'
import { dominanceMapOption, dominanceMapSentence } from '../../../analyses/gradient-dominance/figure/map.ts'
import { phasePhrase } from '../../../figures/exit-curves-data.ts'
import { exitCount } from '../../../shared/network.ts'
import type { PhaseDetail, RunDetail } from '../../../shared/runs.ts'
import type { ExportFigure } from '../../exports/figure-file.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { ExportTable } from '../../../shared/table.ts'
import { dominanceTable } from '../../../analyses/gradient-dominance/table/of-run.ts'
import { analysisResult } from '../analyses/result.ts'
import type { FigureOf, TableOf } from './query.ts'
import { resolveRun } from '../runs/references.ts'
import { runDetail } from '../runs/run-detail.ts'
import type { HostServices } from '../services.ts'

export async function dominanceMap(services: HostServices, query: FigureOf<'dominance-map'>): Promise<ExportFigure> {
  const { run, data } = measured(services, query)
  return {
    name: fileStem([run.name], 'dominance-map'),
    option: (frame) => dominanceMapOption(data, frame),
    sentence: dominanceMapSentence(data),
  }
}

export async function dominanceLines(
  services: HostServices,
  query: FigureOf<'dominance-lines'>,
): Promise<ExportFigure> {
  const { run, data } = measured(services, query)
  return {
    name: fileStem([run.name], 'dominance-lines'),
    option: (frame) => dominanceLinesOption(data, frame),
    sentence: dominanceLinesSentence(data),
  }
}

export async function dominanceBlocks(
  services: HostServices,
  query: FigureOf<'dominance-blocks'>,
): Promise<ExportFigure> {
  const { run, data } = query.analysis === undefined ? blocksOfEpoch(services, query) : await computed(services, query)
  return {
    name: fileStem([run.name], 'dominance-blocks'),
    option: (frame) => dominanceBlocksOption(data, frame),
    sentence: dominanceBlocksSentence(data),
  }
}

export async function dominanceOfRun(services: HostServices, query: TableOf<'dominance'>): Promise<ExportTable> {
  const run = detailOf(services, query.run)
  const about = { run: run.name, exitCount: exitCount(run.network) }
  if (query.analysis !== undefined) {
    const phase = run.phases.at(-1)!
    const result = await foundAbout(services, run, query.analysis)
    return dominanceTable({ ...about, phases: [{ name: phase.name, rows: [{ ...result, epoch: phase.keptEpoch! }] }] })
  }
  const chosen = query.phase === undefined ? run.phases : [phaseOf(run, query.phase)]
  const phases = chosen.map(({ id, name }) => ({ name, rows: services.store.dominance.after(id, 0) }))
  const withRows = phases.filter(({ rows }) => rows.length > 0)
  if (withRows.length === 0) throw notMeasured(run.name)
  return dominanceTable({ ...about, phases: withRows })
}

interface Asked {
  run: string
  phase?: string | undefined
}

interface Measured {
  run: RunDetail
  data: DominanceData
}

/** What was measured in a phase; the last one that was, unless one is named. */
function measured(services: HostServices, { run: reference, phase: wanted }: Asked): Measured {
  const run = detailOf(services, reference)
  const rowsOf = ({ id }: PhaseDetail): EpochDominance[] => services.store.dominance.after(id, 0)
  const phase = wanted === undefined ? run.phases.findLast((each) => rowsOf(each).length > 0) : phaseOf(run, wanted)
  const epochs = phase ? rowsOf(phase) : []
  if (!phase || epochs.length === 0) throw notMeasured(run.name)
  const data = {
    phase: phasePhrase(run.phases, [run.phases.indexOf(phase)]),
    keptEpoch: phase.keptEpoch,
    exitCount: exitCount(run.network),
    epochs,
  }
  return { run, data }
}

interface Blocks {
  run: RunDetail
  data: DominanceBlocksData
}

function blocksOfEpoch(services: HostServices, query: FigureOf<'dominance-blocks'>): Blocks {
  const { run, data } = measured(services, query)
  const { epochs, keptEpoch, exitCount } = data
  const kept = epochs.find(({ epoch }) => epoch === keptEpoch) ?? epochs.at(-1)!
  const dominance = query.epoch === undefined ? kept : epochs.find(({ epoch }) => epoch === query.epoch)
  if (dominance) return { run, data: { place: `epoch ${dominance.epoch}`, exitCount, dominance } }
  throw new ExitlabError('not-found', `Gradient dominance of ${run.name} was not measured in epoch ${query.epoch}.`)
}

async function computed(
  services: HostServices,
  { run: reference, analysis }: FigureOf<'dominance-blocks'>,
): Promise<Blocks> {
  const run = detailOf(services, reference)
  const result = await foundAbout(services, run, analysis!)
  const place = `kept weights, epoch ${run.phases.at(-1)!.keptEpoch}`
  return { run, data: { place, exitCount: exitCount(run.network), dominance: result, spread: result.spread } }
}

/** What an analysis found at the weights of a run. @throws ExitlabError `usage` where it is about other ones. */
async function foundAbout(services: HostServices, { name, phases }: RunDetail, analysis: string) {
  const { summary, result } = await analysisResult(services, analysis, 'gradient-dominance')
  const { subjects } = services.store.analyses.get(summary.id)!
  if (subjects[0]!.phaseId === phases.at(-1)!.id) return result
  throw new ExitlabError(
    'usage',
    `The analysis ${analysis.slice(0, 12)} is of ${subjects[0]!.run.name}, not of ${name}: name one of ${name}.`,
  )
}

function detailOf({ store }: HostServices, reference: string): RunDetail {
  return runDetail(store, resolveRun(store, reference, 'any'))
}

function phaseOf(run: RunDetail, wanted: string): PhaseDetail {
  const found = run.phases.find(({ id }) => id === wanted)
  if (found) return found
  throw new ExitlabError('not-found', `${run.name} has no phase ${wanted}.`)
}

function notMeasured(run: string): ExitlabError {
  return new ExitlabError(
    'conflict',
    `Gradient dominance of ${run} was not measured while it was trained. It can be computed at its weights, as an analysis.`,
    { command: ['analyse', 'gradient-dominance', run] },
  )
}
