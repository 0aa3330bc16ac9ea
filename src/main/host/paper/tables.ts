import type { BudgetRow } from '../../../readings/budgets/schema.ts'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import type { OwnValues, PaperTable } from '../../../shared/paper/paper-report.ts'
import { askReading } from '../comparison/readings/answer-reading.ts'
import { fittingRuns, readPublishedTables, trainedFrom, type SettledTable } from '../comparison/evaluation/published.ts'
import type { PaperServices } from './services.ts'
import { differencesTo } from './differences.ts'
import { fileStates, type PaperFileState } from './file-states.ts'
import type { PaperRun } from './found-experiment.ts'
import { chosenItems, equalEpochs, idOf } from './matrix.ts'
import type { MatrixTable, PaperPart, PaperSource } from './matrix-schema.ts'
import { settingsOf } from './own-settings.ts'

/** The tables of the paper with published values and those of the runs that are done, read as the published ones were. */
export async function paperTables(
  services: PaperServices,
  scale: PaperScale,
  items: readonly string[],
): Promise<PaperTable[]> {
  const published = await readPublishedTables()
  const states = await fileStates(services, { scale, items })
  const tables: PaperTable[] = []
  for (const item of chosenItems(items)) {
    if (item.kind === 'figure') continue
    for (const part of item.parts) {
      const table = published.find(({ id }) => id === part.published)!
      tables.push(await tableOf(services, { item, part, table, scale, states }, published))
    }
  }
  return tables
}

interface TableQuestion {
  item: MatrixTable
  part: PaperPart
  table: SettledTable
  scale: PaperScale
  states: ReadonlyMap<string, PaperFileState>
}

/** Runs of one combination of swept values, the variant of their rows, and their experiment. */
interface Member {
  variant: string | null
  state: PaperFileState
  runs: PaperRun[]
}

async function tableOf(
  services: PaperServices,
  asked: TableQuestion,
  all: readonly SettledTable[],
): Promise<PaperTable> {
  const { item, part, table, scale } = asked
  const members = membersOf(asked, part.sources[scale])
  const own = await readMembers(services, asked, members)
  const equal = await readMembers(services, asked, membersOf(asked, equalEpochs(part, scale)))
  const states = [...new Set(members.map(({ state }) => state))]
  const rows = table.rows.map(({ regime, variant, cells }) => {
    const key = `${regime} ${variant}`
    const values = own.get(key) ?? { own: cells.map(() => null), ownSeeds: [] }
    return { regime, variant, published: cells, ...values, equalEpochs: equal.get(key) ?? null }
  })
  const publishedSetting = `${table.network}, ${table.data}`
  const sameSetting = scale === 'paper' && members.every((member) => fits(services, member, { part, all }))
  const whole: PaperTable = {
    item: idOf(item),
    id: table.id,
    title: table.title,
    budgets: table.budgets,
    ...(table.task && { task: table.task }),
    ...(part.rule && { rule: part.rule }),
    publishedSetting,
    sameSetting,
    ownSetting: states.length === 0 ? null : sameSetting ? publishedSetting : settingsOf(states),
    experiments: states.map(({ experiment }) => experiment.file.name),
    rows,
  }
  if (item.differencesTo === null) return whole
  const title = `Table ${item.number}: ${table.network}, ${table.data}, differences to ${item.differencesTo} weights`
  return { ...differencesTo(whole, item.differencesTo), id: idOf(item), title }
}

/** The values of runs, by regime and variant. */
async function readMembers(
  services: PaperServices,
  { part, table }: Pick<TableQuestion, 'part' | 'table'>,
  members: readonly Member[],
): Promise<Map<string, OwnValues>> {
  const values = new Map<string, OwnValues>()
  for (const { variant, runs } of members) {
    const { rows } = await askReading(services, {
      reading: 'budgets',
      question: {
        runs: runs.map(({ id }) => id!),
        protocol: 'paper',
        budgets: table.budgets,
        rule: part.rule ?? undefined,
      },
    })
    for (const row of rows) values.set(`${row.regime} ${variant}`, ownValues(services, row))
  }
  return values
}

function ownValues({ store }: PaperServices, { seeds, runs, cells, seedCells }: BudgetRow): OwnValues {
  const phases = new Map(store.summaries.of(runs).map(({ id, phases: chain }) => [id, chain.at(-1)!.id]))
  return {
    own: cells.map((cell) => cell && { mean: cell.mean, std: cell.std, n: seeds.length }),
    ownSeeds: seeds.map((seed, index) => ({
      seed,
      phase: phases.get(runs[index]!)!,
      values: seedCells[index]!.map((cell) => cell && cell.mean),
    })),
  }
}

/** The runs that are done and belong into a table. */
function membersOf({ item, states }: TableQuestion, sources: readonly PaperSource[]): Member[] {
  return sources.flatMap(({ file, variants }) => {
    const state = states.get(file)!
    return variants.flatMap((variant, combination): Member[] => {
      const runs = state.runs.filter(
        (run) => run.status === 'done' && run.combination === combination && item.regimes.includes(run.regime),
      )
      return runs.length === 0 ? [] : [{ variant, state, runs }]
    })
  })
}

/** Whether runs have the settings of the published rows that they are compared with. */
function fits(
  { store }: PaperServices,
  { variant, runs }: Member,
  { part, all }: { part: PaperPart; all: readonly SettledTable[] },
): boolean {
  const trained = trainedFrom(
    store,
    runs.map(({ id }) => store.runs.get(id!)!),
  )
  const fitting = fittingRuns(all, trained, part.rule ?? undefined)[part.published] ?? {}
  return runs.every(({ id }) => fitting[id!] === variant)
}
