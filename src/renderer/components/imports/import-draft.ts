import type { ImportInput } from '../../../contract/imports.ts'
import type { ImportedSplit, ImportFormat, LoggedValue } from '../../../shared/runs/imported.ts'
import type { PaperRegime } from '../../../shared/methods/regime-names.ts'

/** An import as it is filled in. Empty texts and null: as it is recognised. */
export interface ImportDraft {
  /** Of files and folders; what is being typed stands alone. */
  paths: readonly string[]
  format: ImportFormat | null
  /** A column, or a pattern of tags or columns. */
  metric: string
  costs: string
  backbone: number | null
  name: string
  experiment: string | null
  regime: PaperRegime | null
  seeds: string
  logged: LoggedValue
  split: ImportedSplit | null
  task: 'classification' | 'regression'
  /** Whether the files are read again when they change. */
  follow: boolean
}

export const emptyDraft = (): ImportDraft => ({
  paths: [''],
  format: null,
  metric: '',
  costs: '',
  backbone: null,
  name: '',
  experiment: null,
  regime: null,
  seeds: '',
  logged: 'last',
  split: null,
  task: 'classification',
  follow: false,
})

/** What the host is asked; null while no path is given. */
export function inputOf(draft: ImportDraft): ImportInput | null {
  const { format, backbone, experiment, regime, logged, split, task } = draft
  const paths = pathsOf(draft)
  const [metric, name] = [draft.metric.trim(), draft.name.trim()]
  if (paths.length === 0) return null
  const costs = costsOf(draft)
  const seeds = seedsOf(draft.seeds)
  return {
    paths,
    logged,
    experiment,
    ...(format !== null && { format }),
    ...(metric !== '' && { map: { metric } }),
    ...(costs !== null && { costs }),
    ...(backbone !== null && { backboneMacs: backbone }),
    ...(name !== '' && { name }),
    ...(regime !== null && { regime }),
    ...(seeds !== null && { seeds }),
    ...(split !== null && { split }),
    ...(task === 'regression' && { task }),
    ...(draft.follow && { follow: true }),
  }
}

/** Those that are not empty. */
export const pathsOf = ({ paths }: ImportDraft): string[] =>
  paths.map((path) => path.trim()).filter((path) => path !== '')

/** Numbers in %, with the backbone's cost in multiply-adds; anything else is the name of a run or an experiment. */
function costsOf({ costs, backbone }: ImportDraft): number[] | string | null {
  const text = costs.trim()
  if (text === '') return null
  const numbers = text.split(/[,;\s]+/).map((part) => Number(part.replace(/%$/, '')))
  if (!numbers.every((value) => value > 0)) return text
  return backbone === null ? numbers.map((value) => value / 100) : numbers
}

function seedsOf(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '')
  return parts.length > 0 && parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : null
}
