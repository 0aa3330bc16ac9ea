import { z } from 'zod'

/** What trains phases: as a choice, and as who trains, behind “trains” or “train”. */
export const executorWords = {
  local: { title: 'This machine', trains: 'on this machine' },
  slurm: { title: 'Slurm', trains: 'by jobs of Slurm' },
  external: { title: 'Others', trains: 'by processes that others start in the depot' },
} as const

export type ExecutorName = keyof typeof executorWords
export const executor = z.enum(Object.keys(executorWords) as [ExecutorName, ...ExecutorName[]])
