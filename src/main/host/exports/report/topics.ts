import { z } from 'zod'
import { analyses } from '../../../../readings/analyses/index.ts'
import type { Figure } from '../../../../figures/figure.ts'
import { readings } from '../../../../readings/index.ts'
import type { ReportQuestion } from '../../../../contract/reports.ts'
import { canonicalJson } from '../../../../shared/basics/canonical-json.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Table } from '../../../../shared/tables/table.ts'
import { withBudget } from '../../../../shared/evaluation/with-budget.ts'
import { analysisFigure, analysisTable } from '../analyses.ts'
import { standaloneTable } from '../table.ts'
import { readingFigure } from '../../comparison/readings/answer-reading.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { ExportServices } from '../services.ts'

/** What a report says of one reading, or of one analysis. */
export interface Topic {
  name: string
  title: string
  tables: Table[]
  figures: Figure[]
  /** What of it is not there, and why. */
  missing: { part: 'all' | 'table' | 'figure'; reason: string }[]
}

/** Accuracy comes first, then what is to be decided; the others follow by name. */
const first = ['curve', 'budgets', 'best', 'differences']

/** Everything that a report can have, in its order. */
export function allTopics(): Pick<Topic, 'name' | 'title'>[] {
  const compared = readings.entries().filter(([, { info }]) => info.of !== 'runs')
  const found = [...compared, ...analyses.entries()]
  const topics = found.map(([name, { info }]) => ({ name, title: info.title }))
  const [leading, others] = [true, false].map((wanted) => topics.filter(({ name }) => first.includes(name) === wanted))
  return [...leading!.sort((a, b) => first.indexOf(a.name) - first.indexOf(b.name)), ...others!]
}

/** What is said of runs under one name. Parts that do not apply to them are missing only where they are asked for by name. @throws ExitlabError `usage` for a name that `allTopics` has not. */
export async function topicOf(services: ExportServices, question: ReportQuestion, name: string): Promise<Topic> {
  const names = allTopics().map((topic) => topic.name)
  if (!names.includes(name))
    throw new ExitlabError('usage', `There is no reading or analysis “${name}”. Expected some of ${names.join(', ')}.`)
  return readings.has(name) ? readingTopic(services, question, name) : analysisTopic(services, question, name)
}

async function readingTopic(
  services: ExportServices,
  { readings: named, budget, ...asked }: ReportQuestion,
  name: string,
): Promise<Topic> {
  const { info, hasTable, hasFigure } = readings.get(name)
  const query = { reading: name, question: { ...asked, budgets: budgetsOf(name, { ...asked, budget }) } }
  const topic: Topic = { name, title: info.title, tables: [], figures: [], missing: [] }
  const addPart = (part: 'table' | 'figure', made: () => Promise<unknown>) =>
    add(topic, part, made, { unlessInapplicable: named.length === 0 })
  if (hasTable) await addPart('table', async () => topic.tables.push(await standaloneTable(services, query, 'print')))
  if (hasFigure) await addPart('figure', async () => topic.figures.push(await readingFigure(services, query)))
  return topic
}

const withBudgets = z.object({ budgets: z.array(z.number().nullable()) })

/** A reading of one budget is at that of the report, one of several at that too. */
function budgetsOf(
  name: string,
  { runs, budgets, budget }: Pick<ReportQuestion, 'runs' | 'budgets' | 'budget'>,
): ReportQuestion['budgets'] {
  const unasked = withBudgets.safeParse(readings.get(name).question.safeParse({ runs }).data).data?.budgets
  if (unasked === undefined) return budgets
  return unasked.length === 1 ? [budget] : withBudget(budgets ?? unasked, budget)
}

/** Tables are files by their names, which two analyses may have in common: the later one has a number behind it. */
export function withTableNames(topics: readonly Topic[]): Topic[] {
  const taken = new Set<string>()
  const named = (table: Table): Table => {
    let { name } = table
    for (let number = 2; taken.has(name); number++) name = `${table.name}-${number}`
    taken.add(name)
    return { ...table, name }
  }
  return topics.map((topic) => ({ ...topic, tables: topic.tables.map(named) }))
}

/** Tables and figures of the finished analyses of one kind, for each of their settings. */
async function analysisTopic(services: ExportServices, { runs }: ReportQuestion, kind: string): Promise<Topic> {
  const topic: Topic = { name: kind, title: analyses.get(kind).info.title, tables: [], figures: [], missing: [] }
  const found = analysesOf(services, runs).filter((row) => row.kind === kind)
  const done = found.filter(({ status }) => status === 'done')
  if (found.length === 0) lacks(topic, 'all', 'Not computed: no analysis of these runs was asked for.')
  else if (done.length < found.length) lacks(topic, 'all', `${done.length} of its ${found.length} analyses are done.`)
  for (const group of Map.groupBy(done, ({ parameters }) => canonicalJson(parameters)).values()) {
    const query = { analyses: group.map(({ id }) => id) }
    await add(topic, 'table', async () => topic.tables.push(await analysisTable(services, query, 'print')))
    await add(topic, 'figure', async () => topic.figures.push(await analysisFigure(services, query)))
  }
  return topic
}

/** Those whose runs are all among the given ones, or trained by the same phases. */
function analysesOf({ store }: ExportServices, references: readonly string[]) {
  const runs = resolveRuns(store, splitReferences(store, references).runs, 'any')
  const phases = new Set(runs.map(({ id }) => store.phases.chain(id).at(-1)!.id))
  const rows = store.analyses.ofPhases([...phases])
  return rows.filter(({ subjects }) => subjects.every(({ phaseId }) => phases.has(phaseId)))
}

type Missing = Topic['missing'][number]

/** Adds a part, or says why there is none. */
async function add(
  topic: Topic,
  part: Missing['part'],
  made: () => Promise<unknown>,
  { unlessInapplicable = false } = {},
): Promise<void> {
  try {
    await made()
  } catch (error) {
    if (!isReason(error)) throw error
    if (!(unlessInapplicable && error.fields.inapplicable)) lacks(topic, part, error.message)
  }
}

/** Whether it says why a report has no such part. What has to be repaired first is no reason, but an error. */
export const isReason = (error: unknown): error is ExitlabError =>
  error instanceof ExitlabError && error.code !== 'checkpoint-damaged' && error.code !== 'disk'

function lacks({ missing }: Topic, part: Missing['part'], reason: string): void {
  const known = missing.find((each) => each.reason === reason)
  if (known) known.part = 'all'
  else missing.push({ part, reason })
}
