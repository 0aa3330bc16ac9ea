import type { Database } from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { importWork } from '../../contract/imports.ts'
import { dominance } from '../../shared/evaluation/dominance.ts'
import { emptyClasses } from '../../shared/evaluation/empty-classes.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { experimentFile } from '../../contract/experiment/experiment.ts'
import { importedContent } from '../../shared/runs/imported.ts'
import { latency } from '../../shared/evaluation/latency.ts'
import { type Baselines, fillInBaselines } from '../../shared/experiment/baselines.ts'
import { experimentBaselines, phaseBaselines } from '../../contract/experiment/identity.ts'
import { isJsonObject, type JsonObject } from '../../shared/basics/json.ts'
import { phaseDefinition } from '../../contract/experiment/phase-definition.ts'
import { costs, type SplitMetrics, type RunSummary } from '../../shared/runs/runs.ts'
import { searchRecord } from '../../shared/runs/search-record.ts'
import { parseStored, type Stored } from '../../contract/experiment/stored-methods.ts'
import { networkSpec } from '../../engine/networks/families.ts'

/** Stored summary of a phase's last epoch. */
type EpochGlance = Omit<NonNullable<RunSummary['latest']>, 'epoch'>

/** A split of an evaluation under an exit rule, without the thresholds, which are the rule's. */
export interface StoredSplit {
  sampleCount: number
  values: number[]
  costs: number[]
  exitValues: number[]
  overthinking: number[] | null
}
export type StoredSplits = Record<'validation' | 'test', StoredSplit>

// Lists read ten thousands of these: schemas would take as long as all the rest of a list.
const epochGlance = z.custom<EpochGlance>(isEpochGlance, 'expected { exits, imagesPerSecond }')
const splitMetrics = z.custom<SplitMetrics>(isSplitMetrics, 'expected { validation, test }, lists of numbers by metric')
const storedSplits = z.custom<StoredSplits>(isStoredSplits, 'expected { validation, test }, with lists of numbers')

/** Columns that hold JSON, by table: the key column of a row, and the schemas of the others. */
const columns = {
  experiments: { row: 'id', json: { file: experimentFile } },
  series: { row: 'id', json: { settings: z.record(z.string(), z.json()), network: networkSpec, costs } },
  phases: { row: 'id', json: { definition: phaseDefinition, latest: epochGlance } },
  evaluations: { row: 'phase_id', json: { metrics: splitMetrics } },
  evaluation_summaries: { row: 'phase_id', json: { splits: storedSplits } },
  analyses: { row: 'id', json: { parameters: z.record(z.string(), z.unknown()) } },
  imports: { row: 'id', json: { content: importedContent } },
  searches: { row: 'id', json: { file: experimentFile, record: searchRecord } },
  import_follows: { row: 'id', json: { input: importWork } },
  latencies: { row: 'network', json: { batches: latency.shape.batches } },
  epoch_dominance: { row: 'phase_id', json: dominance.shape },
} as const satisfies Record<string, { row: string; json: Readonly<Record<string, z.ZodType>> }>

/** Of columns whose values may have been stored before some of their keys existed. */
const baselinesOf: Readonly<Record<string, Baselines>> = { file: experimentBaselines, definition: phaseBaselines }

type Columns = typeof columns
type Table = keyof Columns

/** Source of a JSON text. `row`: value of the column that identifies the row. */
type JsonPlace = {
  [Each in Table]: { table: Each; column: keyof Columns[Each]['json'] & string; row: string }
}[Table]

type ValueAt<Place extends JsonPlace> = Place extends JsonPlace
  ? Place['column'] extends keyof Columns[Place['table']]['json']
    ? z.output<Extract<Columns[Place['table']]['json'][Place['column']], z.ZodType>>
    : never
  : never

/** One row of the store cannot be read; the others can. */
export class DamagedRowError extends ExitlabError {
  constructor(place: JsonPlace, problem: string) {
    super('workspace-damaged', `${describePlace(place, problem)}. ${damagedStoreRemedy}`)
  }
}

/** Settings, networks and phases, thousands of which are identical; the returned value is shared and must not be changed. */
const parsed = new LRUCache<string, object>({ max: 5000 })
const remembered: ReadonlySet<string> = new Set(['file', 'network', 'costs', 'definition'])

/** Parsed value of a column. @throws DamagedRowError if it is invalid. */
export function readJson<Place extends JsonPlace>(text: string, place: Place): ValueAt<Place> {
  const key = remembered.has(place.column) ? `${place.column} ${text}` : null
  const known = key === null ? undefined : parsed.get(key)
  if (known !== undefined) return known as ValueAt<Place>
  const { value, problem } = parse(text, place)
  if (problem !== null) throw new DamagedRowError(place, problem)
  if (key !== null) parsed.set(key, value as object)
  return value as ValueAt<Place>
}

function parse(text: string, { table, column }: JsonPlace): Stored<unknown> {
  const schema = (columns[table].json as Readonly<Record<string, z.ZodType>>)[column]!
  try {
    const written: unknown = JSON.parse(text)
    const whole = isJsonObject(written) ? fillInBaselines(written, baselinesOf[column]) : written
    const { value, problem } = parseStored(schema, whole, column)
    if (problem !== null) return { value: undefined, problem }
    return { value: isJsonObject(written) && isJsonObject(value) ? inOrderOf(written, value) : value, problem }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { value: undefined, problem: 'it is not JSON' }
  }
}

export const damagedStoreRemedy =
  'Restore a copy of exitlab.db, or move it away: its checkpoints are found again when the same experiments are run.'

function describePlace({ table, column, row }: JsonPlace, problem: string): string {
  return `The store exitlab.db is damaged: the value of column “${column}” in row ${row} of table “${table}” is invalid (${problem})`
}

/** Every row and column that `readJson` would refuse, as sentences. */
export function damagedPlaces(database: Database): string[] {
  return Object.entries(columns).flatMap(([table, { row, json }]) =>
    Object.keys(json).flatMap((column) => {
      const all = database
        .prepare<[], [string, string]>(`SELECT ${row}, ${column} FROM ${table} WHERE ${column} IS NOT NULL`)
        .raw()
        .all()
      const found = all.flatMap(([name, text]) => {
        const place = { table, column, row: name } as JsonPlace
        const { problem } = parse(text, place)
        return problem === null ? [] : [describePlace(place, problem)]
      })
      return [...new Set(found)]
    }),
  )
}

/** Exported files show what is stored in the order in which it was written, which schemas do not keep. */
function inOrderOf(written: JsonObject, value: JsonObject): JsonObject {
  const kept = Object.keys(written).filter((key) => key in value)
  return { ...Object.fromEntries(kept.map((key) => [key, value[key]])), ...value }
}

function isEpochGlance(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    Array.isArray(value.exits) &&
    value.exits.every(
      (each: unknown) => isJsonObject(each) && isNumber(each.value) && (isNumber(each.exit) || each.exit === 'final'),
    ) &&
    isNumber(value.imagesPerSecond)
  )
}

function isSplitMetrics(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    isExitMetrics(value.validation) &&
    isExitMetrics(value.test) &&
    (value.emptyClasses === undefined || emptyClasses.safeParse(value.emptyClasses).success)
  )
}

function isExitMetrics(value: unknown): boolean {
  return isJsonObject(value) && Object.values(value).every(isValues)
}

function isStoredSplits(value: unknown): boolean {
  return isJsonObject(value) && isStoredSplit(value.validation) && isStoredSplit(value.test)
}

function isStoredSplit(value: unknown): boolean {
  if (!isJsonObject(value) || !isNumber(value.sampleCount)) return false
  const { values, costs, exitValues, overthinking } = value
  return [values, costs, exitValues, overthinking ?? []].every((each) => Array.isArray(each) && each.every(isNumber))
}

const isNumber = (value: unknown) => typeof value === 'number'
const isValues = (value: unknown) => Array.isArray(value) && value.every((each) => each === null || isNumber(each))
