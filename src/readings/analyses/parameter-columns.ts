import type { Table, Value } from '../../shared/tables/table.ts'

/** What columns are made of: parameters, results, and names of the experiments. */
interface Computed {
  parameters: object
  answers: readonly { result: object }[]
  subjects: readonly string[]
}

/**
 * A table whose long CSV says of what and how its values were computed, in a column each: the experiment, every parameter,
 * and how many samples there were of those asked for.
 */
export function withParameters(table: Table, found: Computed): Table {
  const stated = new Set(table.keys.map(({ name }) => name))
  const columns = Object.entries(columnsOf(found)).filter(([name]) => !stated.has(name))
  const values = columns.map(([, value]) => value)
  return {
    ...table,
    keys: [...table.keys, ...columns.map(([name]) => ({ name, longOnly: true }))],
    blocks: table.blocks.map((block) => ({
      ...block,
      rows: block.rows.map((row) => ({ ...row, keys: [...row.keys, ...values] })),
    })),
  }
}

function columnsOf(found: Computed): Record<string, Value> {
  const parameters = Object.entries(found.parameters)
  return {
    experiment: found.subjects.join('; '),
    ...Object.fromEntries(parameters.map(([name, value]) => [`parameters.${name}`, valueOf(value)])),
    ...samplesUsed(found),
  }
}

function valueOf(value: unknown): Value {
  return typeof value === 'number' || value === null ? value : String(value)
}

/** Numbers that results state under the name of the parameter that asked for them: there may be fewer. */
function samplesUsed({ parameters, answers }: Computed): Record<string, Value> {
  const stated = answers.flatMap(({ result }) => Object.entries(result) as [string, unknown][])
  const numbers = stated.filter(([name, value]) => name in parameters && typeof value === 'number')
  const byName = Map.groupBy(numbers, ([name]) => name)
  return Object.fromEntries(
    [...byName].map(([name, each]) => [name, [...new Set(each.map(([, value]) => value))].join(' ')]),
  )
}
