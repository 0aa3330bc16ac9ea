import type { Settings } from '../../../contract/system.ts'
import type { ExecutorName } from '../../../shared/phases/executor.ts'
import type { SlurmSettings } from '../../../shared/phases/slurm-settings.ts'

/** The depot, or a setting of Slurm, as a field of the form. */
export interface ExecutorField {
  name: 'depot' | keyof SlurmSettings
  label: string
  hint?: string
  type: 'text' | 'number'
  placeholder?: string
}

const clusterDefault = 'as the cluster does'

export const depotField: ExecutorField = {
  name: 'depot',
  label: 'Depot',
  type: 'text',
  placeholder: '/nfs/you/depot',
  hint: 'Folder of phases on a shared disk: the same path here and where they are trained.',
}

export const slurmFields: readonly (ExecutorField & { name: keyof SlurmSettings })[] = [
  { name: 'partition', label: 'Partition', type: 'text', placeholder: clusterDefault },
  { name: 'account', label: 'Account', type: 'text', placeholder: clusterDefault },
  {
    name: 'time',
    label: 'Time limit',
    type: 'text',
    placeholder: clusterDefault,
    hint: 'Such as 4:00:00. A phase that needs longer goes on in the next job.',
  },
  {
    name: 'signalSeconds',
    label: 'Checkpoint before the limit',
    type: 'number',
    hint: 'Seconds before the limit at which a job saves and queues itself again.',
  },
  { name: 'cpus', label: 'Processors of a job', type: 'number' },
  {
    name: 'gpus',
    label: 'GPUs of a job',
    type: 'number',
    hint: 'With 1, jobs train on it or fail. A phase trains on one: more gain nothing.',
  },
  {
    name: 'flags',
    label: 'Further options of sbatch',
    type: 'text',
    placeholder: '--qos=low --exclude=node7',
    hint: 'Separated by spaces.',
  },
]

/** Where the setting of a field is found in the settings. */
export const pathOf = ({ name }: ExecutorField) => (name === 'depot' ? [name] : ['slurm', name])

/** What the fields hold while they are edited. */
type ExecutorDraft = Record<ExecutorField['name'], string | number | null>

export function draftOf({ depot, slurm: { flags, ...slurm } }: Pick<Settings, 'depot' | 'slurm'>): ExecutorDraft {
  return { depot, ...slurm, flags: flags.join(' ') }
}

/** The settings that the fields of an executor say; an empty text: the default. The host checks them. */
export function changesOf(draft: ExecutorDraft, executor: ExecutorName): Partial<Settings> {
  const words = (value: string | number | null) => String(value ?? '').trim()
  const depot = words(draft.depot) || null
  if (executor !== 'slurm') return { depot }
  const valueOf = ({ name, type }: ExecutorField) => (type === 'number' ? draft[name] : words(draft[name]) || null)
  const values = Object.fromEntries(slurmFields.map((field) => [field.name, valueOf(field)]))
  return { depot, slurm: { ...values, flags: words(draft.flags).split(/\s+/).filter(Boolean) } as SlurmSettings }
}
