import type { EpochDominance } from '../../../shared/dominance.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { dominanceBlocksOption, dominanceBlocksSentence } from '../../../analyses/gradient-dominance/figure/blocks.ts'
import { dominancePhase, type DominanceData } from '../../../analyses/gradient-dominance/figure/data.ts'
import { dominanceLinesOption, dominanceLinesSentence } from '../../../analyses/gradient-dominance/figure/lines.ts'
import { dominanceMapOption, dominanceMapSentence } from '../../../analyses/gradient-dominance/figure/map.ts'
import { objectiveWords } from '../../../shared/objective-words.ts'
import { exitCount } from '../../../shared/network.ts'
import type { PhaseDetail } from '../../../shared/runs.ts'
import type { RunDetail } from '../../../contract/run-detail.ts'
import { figureOf, type Figure } from '../../../figures/figure.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { Table } from '../../../shared/table.ts'
import { dominanceTable } from '../../../analyses/gradient-dominance/table.ts'
import { resolveRun } from '../runs/references.ts'
import { runDetail } from '../runs/run-detail.ts'
import type { HostServices } from '../services.ts'

/** The figures of gradient dominance as it was measured during training. */
export const dominanceFigures = {
  async 'dominance-map'(services: HostServices, query: Asked): Promise<Figure> {
    const { run, data } = measured(services, query)
    const drawing = { option: dominanceMapOption, sentence: dominanceMapSentence }
    return figureOf(fileStem([run.name], 'dominance-map'), data, drawing)
  },

  async 'dominance-lines'(services: HostServices, query: Asked): Promise<Figure> {
    const { run, data } = measured(services, query)
    const drawing = { option: dominanceLinesOption, sentence: dominanceLinesSentence }
    return figureOf(fileStem([run.name], 'dominance-lines'), data, drawing)
  },

  async 'dominance-blocks'(services: HostServices, query: Asked & { epoch?: number | undefined }): Promise<Figure> {
    const { run, data } = measured(services, query)
    const drawing = { option: dominanceBlocksOption, sentence: dominanceBlocksSentence }
    return figureOf(fileStem([run.name], 'dominance-blocks'), blocksOfEpoch(run, data, query.epoch), drawing)
  },
}

export async function dominanceOfRun(services: HostServices, query: Asked): Promise<Table> {
  const run = detailOf(services, query.run)
  const about = { run: run.name, exitCount: exitCount(run.network) }
  const chosen = query.phase === undefined ? run.phases : [phaseOf(run, query.phase)]
  const phases = chosen.map(({ id, name, objective }) => ({
    name,
    objective: objectiveWords(objective),
    rows: services.store.dominance.after(id, 0),
  }))
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

/** Gradient dominance of a phase; default: the last measured phase. */
function measured(services: HostServices, { run: reference, phase: wanted }: Asked): Measured {
  const run = detailOf(services, reference)
  const rowsOf = ({ id }: PhaseDetail): EpochDominance[] => services.store.dominance.after(id, 0)
  const phase = wanted === undefined ? run.phases.findLast((each) => rowsOf(each).length > 0) : phaseOf(run, wanted)
  const epochs = phase ? rowsOf(phase) : []
  if (!phase || epochs.length === 0) throw notMeasured(run.name)
  const data = {
    phase: dominancePhase(run.phases, run.phases.indexOf(phase)),
    keptEpoch: phase.keptEpoch,
    exitCount: exitCount(run.network),
    epochs,
  }
  return { run, data }
}

/** Of an epoch; default: the kept one, else the last. */
function blocksOfEpoch(run: RunDetail, { epochs, keptEpoch, exitCount }: DominanceData, asked: number | undefined) {
  const kept = epochs.find(({ epoch }) => epoch === keptEpoch) ?? epochs.at(-1)!
  const dominance = asked === undefined ? kept : epochs.find(({ epoch }) => epoch === asked)
  if (dominance) return { place: `epoch ${dominance.epoch}`, exitCount, dominance }
  throw new ExitlabError('not-found', `Gradient dominance of ${run.name} was not measured in epoch ${asked}.`)
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
    `Gradient dominance of ${run} was not measured during training. Compute it at the best checkpoint, as an analysis.`,
    { command: ['analyse', 'gradient-dominance', run] },
  )
}
