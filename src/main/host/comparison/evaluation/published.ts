import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { MeanStd } from '../../../../shared/evaluation/evaluation.ts'
import { canonicalJson } from '../../../../shared/basics/canonical-json.ts'
import type { NetworkChoice, NetworkSpec } from '../../../../shared/network/network.ts'
import type { Objective } from '../../../../shared/methods/objective.ts'
import type { PaperRegime } from '../../../../shared/methods/regime-names.ts'
import type { PublishedTable, PublishedTables } from '../../../../shared/runs/published.ts'
import { datasets } from '../../../../datasets/index.ts'
import { ruleNameOf } from '../../../../engine/exits/index.ts'
import { heads } from '../../../../engine/heads/index.ts'
import { families, familyOf } from '../../../../engine/networks/families.ts'
import { fileOfSeries } from '../../../../contract/experiment/experiment.ts'
import type { ExperimentRow } from '../../../store/experiments.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { splitReferences } from '../../runs/import-references.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { EvaluationSources } from './evaluation-reader.ts'

const file = fileURLToPath(new URL('../../../../../resources/published-tables.json', import.meta.url))

/** Settings of the runs that a table, or one variant of it, is about. What is left out is as by default. */
interface Settings {
  /** Variant of a family of networks. */
  network: string
  exits: readonly number[]
  head: string
  objective?: Objective
  /** Exit rule; default: that of the task. */
  rule?: string
  /** Whether they start from weights of another training. */
  pretrained?: boolean
}

/** A table with the settings of its runs. */
export interface SettledTable extends PublishedTable {
  settings: Partial<Settings>
  /** Settings of the rows with each variant, besides those of the table. */
  variants?: Readonly<Record<string, Partial<Settings>>>
}

/** A printed table, or one setting of it, as the file has it: a cell is its mean, with the deviation where one is printed. */
interface PrintedTable extends Omit<SettledTable, 'title' | 'rows'> {
  /** Number in the paper. */
  table: number
  rows: { regime: PaperRegime; variant?: string; cells: ([mean: number, std?: number] | null)[] }[]
}

/** Fields of a run that the paper's tables distinguish: its experiment with the settings of its series, and its exits. */
interface Trained extends Pick<ExperimentRow, 'file' | 'dataPath'> {
  run: string
  network: Pick<NetworkSpec, 'exits' | 'task'>
}

let reading: Promise<SettledTable[]> | undefined

/** Test results of “How to Train Your Multi-Exit Model?” (ICML 2025), as printed. */
export function readPublishedTables(): Promise<SettledTable[]> {
  reading ??= readFile(file, 'utf8').then((text) => (JSON.parse(text) as PrintedTable[]).map(tableOf))
  return reading
}

function tableOf({ table, rows, ...rest }: PrintedTable): SettledTable {
  return {
    ...rest,
    title: `Table ${table}: ${rest.network}, ${rest.data}, ${rest.method}`,
    rows: rows.map(({ regime, variant = null, cells }) => ({ regime, variant, cells: cells.map(cellOf) })),
  }
}

function cellOf(cell: PrintedTable['rows'][number]['cells'][number]): MeanStd | null {
  return cell && { mean: cell[0], std: cell[1] ?? null }
}

/** The tables, and which of the runs, read under a rule, have the settings of each. */
export async function publishedFor(
  { store }: Pick<EvaluationSources, 'store'>,
  { runs, rule }: { runs: readonly string[]; rule?: string | undefined },
): Promise<PublishedTables> {
  const tables = await readPublishedTables()
  const own = resolveRuns(store, splitReferences(store, runs).runs)
  const fitting = fittingRuns(tables, trainedFrom(store, own), rule)
  return { tables, fitting, matching: matchingTable(tables, fitting) }
}

/** What published tables distinguish of some runs. */
export function trainedFrom(store: Store, runs: readonly RunRow[]): Trained[] {
  return runs.map(({ id, experimentId, seriesId }) => {
    const { file, dataPath } = store.experiments.get(experimentId)!
    const { settings, network } = store.series.get(seriesId)
    return { run: id, file: fileOfSeries(file, settings), dataPath, network }
  })
}

type Fitting = PublishedTables['fitting']

/** By the ids of tables: the runs that, read under a rule (default: that of the task), have the settings of one of its variants. */
export function fittingRuns(tables: readonly SettledTable[], runs: readonly Trained[], rule?: string): Fitting {
  const fitting = tables.map((table): [string, Fitting[string]] => {
    const variants = runs.map((run) => [run.run, variantOf(table, run, rule)] as const)
    return [table.id, Object.fromEntries(variants.filter(([, variant]) => variant !== undefined)) as Fitting[string]]
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

/** The variant of a table whose settings a run has, null of a table without variants; undefined where it is not in the table. */
function variantOf(table: SettledTable, run: Trained, rule?: string): string | null | undefined {
  const { data, settings, variants = {} } = table
  if (!isData(data, run)) return undefined
  const own = [...new Set(table.rows.map(({ variant }) => variant))]
  return own.find((variant) => hasSettings({ ...settings, ...variants[variant ?? ''] } as Settings, run, rule))
}

function hasSettings(settings: Settings, { file, network }: Trained, rule?: string): boolean {
  const asked = ruleNameOf(network, rule)
  return (
    file.network.head === settings.head &&
    isVariant(file.network, settings.network) &&
    isEqual(network.exits, settings.exits) &&
    isEqual(file.objective ?? null, settings.objective ?? null) &&
    asked === (settings.rule ?? ruleNameOf(network)) &&
    (file.initial !== undefined) === (settings.pretrained ?? false)
  )
}

/** A data set by its title; a folder of files by its path. */
function isData(data: string, { file, dataPath }: Trained): boolean {
  if (!datasets.has(file.data.source)) return false
  const { files, info } = datasets.get(file.data.source)
  return files === null ? bare(dataPath).includes(bare(data)) : bare(info.title) === bare(data)
}

/** Keys of a network that leave it the variant that it is, whatever their values. */
const besidesSizes = ['family', 'variant', 'stem', 'exits', 'head', 'maxLength']

/** Whether a network is this variant with unchanged sizes. */
function isVariant(network: NetworkChoice, named: string): boolean {
  const { family, variant } = network
  if (variant !== named || !families.has(family)) return false
  const defaults = familyOf(network).choice.parse({ family, variant })
  const { sizes } = network.head === undefined ? {} : heads.get(network.head)
  const isDefault = (key: string) =>
    network[key] === undefined || network[key] === (sizes?.[key]?.defaultValue ?? defaults[key])
  return Object.keys(network).every((key) => besidesSizes.includes(key) || isDefault(key))
}

const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** `CIFAR-100` and `cifar100` are one. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
