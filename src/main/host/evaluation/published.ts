import { datasets } from '../../datasets/index.ts'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { MeanStd } from '../../../shared/evaluation.ts'
import type { NetworkChoice } from '../../../shared/network.ts'
import type { RegimeName } from '../../../shared/phase.ts'
import type { PublishedTable } from '../../../shared/published.ts'
import { heads } from '../../engine/heads/index.ts'
import { familyOf } from '../../engine/networks/families.ts'
import type { ExperimentRow } from '../../store/experiments.ts'

const file = fileURLToPath(new URL('../../../../resources/published-tables.json', import.meta.url))

/** A printed table, or one setting of it, as the file has it: a cell is its mean, with the deviation where one is printed. */
interface PrintedTable {
  /** Number in the paper. */
  table: number
  id: string
  network: string
  data: string
  method: string
  budgets: (number | null)[]
  rows: { regime: RegimeName; variant?: string; cells: ([mean: number, std?: number] | null)[] }[]
}

/** What of a run the paper's tables tell apart: its experiment's file with the settings of its own series. */
type Trained = Pick<ExperimentRow, 'file' | 'dataPath'> & { run: string }

let reading: Promise<PublishedTable[]> | undefined

/** Test accuracies of “How to Train Your Multi-Exit Model?” (ICML 2025), as printed. */
export function readPublishedTables(): Promise<PublishedTable[]> {
  reading ??= readFile(file, 'utf8').then((text) => (JSON.parse(text) as PrintedTable[]).map(tableOf))
  return reading
}

function tableOf({ table, rows, ...rest }: PrintedTable): PublishedTable {
  return {
    ...rest,
    title: `Table ${table}: ${rest.network}, ${rest.data}, ${rest.method}`,
    rows: rows.map(({ regime, variant = null, cells }) => ({ regime, variant, cells: cells.map(cellOf) })),
  }
}

function cellOf(cell: PrintedTable['rows'][number]['cells'][number]): MeanStd | null {
  return cell && { mean: cell[0], std: cell[1] ?? null }
}

/** Ids of the runs of each table's network, data and method, by the table's id; only of tables that have any. */
export function fittingRuns(tables: readonly PublishedTable[], runs: readonly Trained[]): Record<string, string[]> {
  const fitting = tables.map(
    (table) => [table.id, runs.filter((run) => fits(table, run)).map(({ run }) => run)] as const,
  )
  return Object.fromEntries(fitting.filter(([, ids]) => ids.length > 0))
}

/** Id of the table that most runs fit, the fullest of several; null where none fits any. */
export function matchingTable(
  tables: readonly PublishedTable[],
  fitting: Readonly<Record<string, readonly string[]>>,
): string | null {
  const votes = ({ id }: PublishedTable) => fitting[id]?.length ?? 0
  const plain = tables.filter((table) => votes(table) > 0 && table.rows.every(({ variant }) => variant === null))
  return plain.toSorted((a, b) => votes(b) - votes(a) || cellCount(b) - cellCount(a))[0]?.id ?? null
}

function cellCount({ rows }: PublishedTable): number {
  return rows.reduce((sum, { cells }) => sum + cells.length, 0)
}

function fits({ network, data, method }: PublishedTable, { file, dataPath }: Trained): boolean {
  const source = datasets.get(file.data.source).files === null ? dataPath : file.data.source
  return (
    file.objective === undefined &&
    networkName(file.network) === network &&
    heads.get(file.network.head).published === method &&
    bare(source).includes(bare(data))
  )
}

/** Settings of a network that leave it the variant that it is. */
const besidesSizes = ['family', 'variant', 'stem', 'exits', 'head', 'maxLength']

/** The paper's name of a variant none of whose sizes is changed. */
function networkName(network: NetworkChoice): string | undefined {
  const { family, variant } = network
  if (variant === undefined) return undefined
  const { choice, variants } = familyOf(network)
  const usual = choice.parse({ family, variant })
  const changed = Object.keys(network).some((key) => !besidesSizes.includes(key) && network[key] !== usual[key])
  return changed ? undefined : variants[variant]!.published
}

/** `CIFAR-100` and `cifar100` are one. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
