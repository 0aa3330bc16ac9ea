import type { Database } from 'better-sqlite3'
import { ExitlabError } from '../../shared/error.ts'

/** Columns that hold JSON, by table, and the column that names a row; `single`: also numbers, texts and truth values. */
const columns = {
  experiments: { row: 'id', json: ['file', 'network', 'costs'], single: false },
  phases: { row: 'id', json: ['identity', 'latest'], single: false },
  evaluations: { row: 'phase_id', json: ['accuracies'], single: false },
  analyses: { row: 'id', json: ['parameters'], single: false },
  epoch_dominance: { row: 'phase_id', json: ['exits', 'blocks'], single: false },
  settings: { row: 'name', json: ['value'], single: true },
} as const satisfies Record<string, { row: string; json: readonly string[]; single: boolean }>

type Table = keyof typeof columns

/** Where JSON was read from. `row`: the value of the column that names it. */
export type JsonPlace = {
  [Each in Table]: { table: Each; column: (typeof columns)[Each]['json'][number]; row: string }
}[Table]

/** What a column holds; it is trusted to be what was written there. @throws ExitlabError `workspace-damaged` where it is no JSON. */
export function readJson<Value>(text: string, place: JsonPlace): Value {
  const value = parsed(text)
  if (columns[place.table].single ? value !== undefined : typeof value === 'object' && value !== null)
    return value as Value
  throw new ExitlabError('workspace-damaged', `${describePlace(place)}. ${damagedStoreRemedy}`)
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const damagedStoreRemedy =
  'Put back a copy of exitlab.db, or move it away: the checkpoints beside it are found again when the same experiments are run.'

export function describePlace({ table, column, row }: JsonPlace): string {
  return `The store exitlab.db is damaged: the column “${column}” of the row ${row} of “${table}” does not hold what was written there`
}

/** Every place in which `readJson` would find no JSON. */
export function damagedPlaces(database: Database): JsonPlace[] {
  return Object.entries(columns).flatMap(([table, { row, json, single }]) =>
    json.flatMap((column) =>
      database
        .prepare<[], string>(
          `SELECT DISTINCT ${row} FROM ${table} WHERE ${column} IS NOT NULL
             AND CASE WHEN json_valid(${column}) THEN ${single ? 'FALSE' : `json_type(${column}) NOT IN ('object', 'array')`} ELSE TRUE END`,
        )
        .pluck()
        .all()
        .map((found) => ({ table, column, row: found }) as JsonPlace),
    ),
  )
}
