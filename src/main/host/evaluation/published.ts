import { datasets } from '../../datasets/index.ts'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { MeanStd } from '../../../shared/evaluation.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { NetworkChoice } from '../../../shared/network.ts'
import type { Objective } from '../../../shared/objective.ts'
import type { RegimeName } from '../../../shared/phase.ts'
import type { PublishedTable, PublishedTables } from '../../../shared/published.ts'
import { heads } from '../../engine/heads/index.ts'
import { familyOf } from '../../engine/networks/families.ts'
import { weightings } from '../../engine/objectives/index.ts'
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

/** Fields of a run that the paper's tables distinguish: its experiment with the settings of its series. */
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

type Fitting = PublishedTables['fitting']

/** The runs of each table's network, data, method and variants, by the table's id; only of tables that have any. */
export function fittingRuns(tables: readonly PublishedTable[], runs: readonly Trained[]): Fitting {
  const fitting = tables.map((table): [string, Fitting[string]] => {
    const variants = runs.map((run) => [run.run, fits(table, run) ? variantOf(table, run) : undefined] as const)
    const known = (variant: string | null | undefined) => table.rows.some((row) => row.variant === variant)
    return [table.id, Object.fromEntries(variants.filter(([, variant]) => known(variant))) as Fitting[string]]
  })
  return Object.fromEntries(fitting.filter(([, variants]) => Object.keys(variants).length > 0))
}

/** Id of the table that most runs fit, of several the one with most cells for what they are; null where none fits any. */
export function matchingTable(tables: readonly PublishedTable[], fitting: Fitting): string | null {
  const votes = ({ id }: PublishedTable) => Object.keys(fitting[id]!).length
  const cells = ({ id, rows }: PublishedTable) => {
    const variants = new Set(Object.values(fitting[id]!))
    return rows.reduce((sum, row) => sum + (variants.has(row.variant) ? row.cells.length : 0), 0)
  }
  const candidates = tables.filter(({ id }) => id in fitting)
  return candidates.toSorted((a, b) => votes(b) - votes(a) || cells(b) - cells(a))[0]?.id ?? null
}

function fits({ network, data }: PublishedTable, { file, dataPath }: Trained): boolean {
  const { files, info } = datasets.get(file.data.source)
  return networkName(file.network) === network && bare(files === null ? dataPath : info.title).includes(bare(data))
}

/** The variant of a table that a run's head and objective are; undefined where they are none. */
function variantOf({ method }: PublishedTable, { file }: Trained): string | null | undefined {
  const { published, weighting = 'uniform' } = heads.get(file.network.head)
  const { objective = { weighting: 'uniform' } } = file
  if (method === published) {
    return objective.weighting === weighting && !objective.gradients ? null : undefined
  }
  return method === `${published} + loss/gradient scaling` ? scalingName(objective) : undefined
}

/** What the paper's tables call an objective; undefined where they do not have it. */
function scalingName({ weighting, parameters = {}, gradients }: Objective): string | undefined {
  if (gradients) return weighting === 'uniform' ? 'GE' : undefined
  const { published, parameters: schema } = weightings.get(weighting)
  return canonicalJson(schema.parse({})) === canonicalJson(parameters) ? published : undefined
}

/** Settings of a network that leave it the variant that it is. */
const besidesSizes = ['family', 'variant', 'stem', 'exits', 'head', 'maxLength']

/** The paper's name of a variant with unchanged sizes. */
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
