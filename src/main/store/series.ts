import type { Database } from 'better-sqlite3'
import { canonicalJson } from '../../shared/basics/canonical-json.ts'
import { presentCounting } from '../../shared/evaluation/counting.ts'
import type { NetworkSpec } from '../../shared/network/network.ts'
import type { Costs } from '../../shared/runs/runs.ts'
import type { Series } from '../../shared/experiment/series.ts'
import { DamagedRowError, readJson } from './json-columns.ts'

export interface SeriesRow extends Series {
  id: number
  experimentId: string
  /** Among the series of its experiment. */
  name: string
  network: NetworkSpec
  costs: Costs
}

type Raw = Omit<SeriesRow, 'settings' | 'network' | 'costs'> & { settings: string; network: string; costs: string }

const columns = 'id, experiment_id AS experimentId, regime, settings, name, network, costs'

export function series(database: Database) {
  const insert = database.prepare(
    `INSERT INTO series (experiment_id, regime, settings, name, network, costs, counting)
     VALUES (@experimentId, @regime, @settings, @name, @network, @costs, ${presentCounting}) ON CONFLICT DO NOTHING`,
  )
  const idOf = database
    .prepare<[string, string, string], number>(
      'SELECT id FROM series WHERE experiment_id = ? AND regime = ? AND settings = ?',
    )
    .pluck()
  const get = database.prepare<[number], Raw>(`SELECT ${columns} FROM series WHERE id = ?`)
  const first = database.prepare<[string], Raw>(
    `SELECT ${columns} FROM series WHERE experiment_id = ? ORDER BY id LIMIT 1`,
  )
  const ofExperiment = database.prepare<[string], Raw>(
    `SELECT ${columns} FROM series WHERE experiment_id = ? ORDER BY id`,
  )
  const counted = database.prepare<[], { id: number; network: string; costs: string }>(
    `SELECT id, network, costs FROM series WHERE counting < ${presentCounting}`,
  )
  const recount = database.prepare<[string, number]>(
    `UPDATE series SET costs = ?, counting = ${presentCounting} WHERE id = ?`,
  )
  const name = database.prepare<[number], string>('SELECT name FROM series WHERE id = ?').pluck()
  return {
    /** Adds a series if it is missing. @returns its id. */
    ensure({ settings, network, costs, ...row }: Omit<SeriesRow, 'id'>): number {
      const text = canonicalJson(settings)
      const [networkText, costsText] = [JSON.stringify(network), JSON.stringify(costs)]
      insert.run({ ...row, settings: text, network: networkText, costs: costsText })
      return idOf.get(row.experimentId, row.regime, text)!
    },
    get: (id: number): SeriesRow => read(get.get(id)!),
    /** The first of an experiment. */
    first: (experimentId: string): SeriesRow => read(first.get(experimentId)!),
    ofExperiment: (experimentId: string): SeriesRow[] => ofExperiment.all(experimentId).map(read),
    /** Those whose costs are of rule 1, but for damaged ones, which `damagedPlaces` names. */
    ofFormerCounting: (): Pick<SeriesRow, 'id' | 'network' | 'costs'>[] => counted.all().flatMap(readCosts),
    recount: (id: number, costs: Costs): void => void recount.run(JSON.stringify(costs), id),
    nameOf: (id: number): string => name.get(id)!,
  }
}

function readCosts({ id, network, costs }: Pick<Raw, 'id' | 'network' | 'costs'>) {
  try {
    const at = { table: 'series', row: String(id) } as const
    return [
      {
        id,
        network: readJson(network, { ...at, column: 'network' }),
        costs: readJson(costs, { ...at, column: 'costs' }),
      },
    ]
  } catch (error) {
    if (!(error instanceof DamagedRowError)) throw error
    return []
  }
}

function read({ settings, network, costs, ...row }: Raw): SeriesRow {
  const at = { table: 'series', row: String(row.id) } as const
  return {
    ...row,
    settings: readJson(settings, { ...at, column: 'settings' }),
    network: readJson(network, { ...at, column: 'network' }),
    costs: readJson(costs, { ...at, column: 'costs' }),
  }
}
