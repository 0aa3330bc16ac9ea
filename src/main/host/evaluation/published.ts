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

/** What of an experiment the paper's tables tell apart. */
type Trained = Pick<ExperimentRow, 'file' | 'dataPath'>

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

/**
 * Id of the table whose network, data and method most of the experiments have (one entry a run), the fullest of several;
 * null where most have none.
 */
export function matchingTable(tables: readonly PublishedTable[], experiments: readonly Trained[]): string | null {
  const plain = tables.filter(({ rows }) => rows.every(({ variant }) => variant === null))
  const fullest = plain.toSorted((a, b) => cellCount(b) - cellCount(a))
  const ids = experiments.map((experiment) => fullest.find((table) => fits(table, experiment))?.id)
  const [id, votes] = [...Map.groupBy(ids, (each) => each)]
    .map(([each, members]) => [each, members.length] as const)
    .reduce((best, each) => (each[1] > best[1] ? each : best), [undefined, 0] as const)
  return id !== undefined && 2 * votes > ids.length ? id : null
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
const besidesSizes = ['family', 'stem', 'exits', 'head']

/** The paper's name of a variant none of whose sizes is changed. */
function networkName({ variant, ...choice }: NetworkChoice): string | undefined {
  const sizes = Object.entries(choice).filter(([key]) => !besidesSizes.includes(key))
  const changed = sizes.some(([, size]) => size !== undefined && size !== 0)
  return changed || variant === undefined ? undefined : familyOf(choice).variants[variant]!.published
}

/** `CIFAR-100` and `cifar100` are one. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
