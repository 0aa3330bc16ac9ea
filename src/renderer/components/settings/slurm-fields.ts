import type { SlurmSettings } from '../../../shared/slurm-settings.ts'

/** A setting of Slurm as a field of the form. */
export interface SlurmField {
  name: keyof SlurmSettings
  label: string
  hint?: string
  type: 'text' | 'number'
  placeholder?: string
}

const clusterDefault = 'as the cluster does'

export const slurmFields: readonly SlurmField[] = [
  {
    name: 'depot',
    label: 'Depot',
    type: 'text',
    placeholder: '/nfs/you/depot',
    hint: 'Folder of phases on the shared disk: the same path here and on the nodes.',
  },
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

/** What the fields hold while they are edited. */
export type SlurmDraft = Record<keyof SlurmSettings, string | number | null>

export function draftOf({ flags, ...settings }: SlurmSettings): SlurmDraft {
  return { ...settings, flags: flags.join(' ') }
}

/** The settings that the fields say; an empty text: as the cluster does it. The host checks them. */
export function settingsOf(draft: SlurmDraft): SlurmSettings {
  const words = (value: string | number | null) => String(value ?? '').trim()
  const valueOf = ({ name, type }: SlurmField) => (type === 'number' ? draft[name] : words(draft[name]) || null)
  const values = Object.fromEntries(slurmFields.map((field) => [field.name, valueOf(field)]))
  return { ...values, flags: words(draft.flags).split(/\s+/).filter(Boolean) } as SlurmSettings
}
