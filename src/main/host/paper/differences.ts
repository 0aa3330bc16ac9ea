import type { PaperTable } from '../../../shared/paper/paper-report.ts'

type Row = PaperTable['rows'][number]

/** A table of the differences of means to the rows of each regime with one variant, which are left out. */
export function differencesTo(table: PaperTable, reference: string): PaperTable {
  const rows = table.rows.flatMap((row): Row[] => {
    if (row.variant === reference) return []
    const to = table.rows.find(({ regime, variant }) => regime === row.regime && variant === reference)!
    const published = minus(row.published, to.published, () => ({}))
    const own = minus(row.own, to.own, (one, other) => ({ n: Math.min(one.n, other.n) }))
    const ownSeeds = seedsMinus(row.ownSeeds, to.ownSeeds)
    return [{ ...row, published, own, ownSeeds }]
  })
  const hasOwn = rows.some(({ own }) => own.some((cell) => cell !== null))
  return { ...table, ...(hasOwn ? {} : { ownSetting: null, experiments: [] }), rows }
}

/** Differences of means, whose deviation is not known. */
function minus<Cell extends { mean: number; std: number | null }, More extends object>(
  one: readonly (Cell | null)[],
  other: readonly (Cell | null)[],
  more: (one: Cell, other: Cell) => More,
): (({ mean: number; std: null } & More) | null)[] {
  return one.map((cell, index) => {
    const reference = other[index] ?? null
    return cell && reference && { mean: cell.mean - reference.mean, std: null, ...more(cell, reference) }
  })
}

/** Seed by seed, those that both have. */
function seedsMinus(one: Row['ownSeeds'], other: Row['ownSeeds']): Row['ownSeeds'] {
  return one.flatMap(({ values, ...each }) => {
    const reference = other.find(({ seed }) => seed === each.seed)
    if (reference === undefined) return []
    return [{ ...each, values: values.map((value, index) => minusValue(value, reference.values[index] ?? null)) }]
  })
}

const minusValue = (one: number | null, other: number | null) => (one === null || other === null ? null : one - other)
