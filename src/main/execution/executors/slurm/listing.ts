/** A job of Slurm that is waiting or running. */
export interface QueuedJob {
  /** `PENDING`, `RUNNING`, `COMPLETING`, … */
  state: string
  /** Why it waits. */
  reason: string
  /** Nodes on which it runs; empty while it waits. */
  node: string
  /** Name of the array, as `sbatch --job-name` has given it. */
  name: string
}

/** Jobs that are waiting or running, by their ids `ARRAY_INDEX`. */
export type Listing = ReadonlyMap<string, QueuedJob>

const titles = ['ARRAY_JOB_ID', 'ARRAY_TASK_ID', 'STATE', 'REASON', 'NODELIST', 'NAME']
/** Names of jobs, which users choose, may contain lines and bars. */
const recordEnd = '|.\n'
const record = /^(\d+)\|([^|]*)\|([A-Z_]+)\|([^|]*)\|([^|]*)\|(.*)$/s

/** The `--format` of squeue that `parseListing` reads. */
export const listingFormat = '%F|%K|%T|%r|%N|%j|.'

/** Slurm allows no larger arrays. */
const largestArray = 4_000_001

/**
 * Jobs in the output of squeue, its titles included; waiting tasks of an array share a line. Null unless it is a list from its titles
 * to the end of a line: no job is to be believed gone because of an answer that is none.
 */
export function parseListing(text: string): Listing | null {
  const [first, ...records] = text.split(recordEnd)
  if (first !== titles.join('|') || records.pop() !== '') return null
  const jobs = records.map(jobsIn)
  return jobs.includes(null) ? null : new Map(jobs.flatMap((some) => some!))
}

/** The job of a task that was submitted as `NAME_INDEX`; null where the listing lacks it. */
export function jobOfTask(listing: Listing, task: string): string | null {
  for (const [job, { name }] of listing) if (task === `${name}_${job.split('_')[1]}`) return job
  return null
}

function jobsIn(text: string): [string, QueuedJob][] | null {
  const [, array, indices, state, reason, node, name] = record.exec(text) ?? []
  if (array === undefined) return null
  const job = { state: state!, reason: reason!, node: node!, name: name! }
  // Jobs that are no arrays are not ours.
  if (indices === 'N/A') return []
  return indicesIn(indices!)?.map((index) => [`${array}_${index}`, job]) ?? null
}

/** `0-2,5,8-12:4%3` → 0, 1, 2, 5, 8, 12; null for any other text. */
function indicesIn(text: string): number[] | null {
  const ranges = text.replace(/%\d+$/, '').replaceAll(/[[\]]/g, '').split(',').map(rangeIn)
  return ranges.includes(null) ? null : ranges.flatMap((range) => range!)
}

function rangeIn(text: string): number[] | null {
  const [, first, last = first, step = '1'] = /^(\d+)(?:-(\d+))?(?::(\d+))?$/.exec(text) ?? []
  const count = Math.floor((Number(last) - Number(first)) / Number(step)) + 1
  if (!(count >= 1 && count <= largestArray)) return null
  return Array.from({ length: count }, (_, at) => Number(first) + at * Number(step))
}
