import { bytes, grouped } from '../../../../shared/format/numbers.ts'
import { duration, when } from '../../../../shared/format/times.ts'
import type { PaperStatus } from '../../../../shared/paper/paper.ts'

export interface TotalFact {
  name: string
  value: string
  hint?: string
}

/** What is done of all, and the time and disk that the rest takes. */
export function totalFacts({ total }: PaperStatus, { estimatedAt }: { estimatedAt: number | null }): TotalFact[] {
  const { runs, phases, remainingSeconds, bytes: size } = total
  const isDone = phases.done === phases.all
  const time = isDone ? 0 : remainingSeconds
  return [
    { name: 'Runs done', value: ofAll(runs) },
    { name: 'Phases trained', value: ofAll(phases), hint: 'A phase that several runs share counts once.' },
    {
      name: 'Training left',
      value: time === null ? 'not measured' : isDone ? 'none' : `at most ${duration(time)}`,
      ...(estimatedAt !== null && !isDone && { hint: `Estimated at ${when(estimatedAt)}.` }),
    },
    {
      name: 'Disk when done',
      value: size === null ? 'not known' : bytes(size),
      hint: 'Checkpoints of all experiments when everything is trained.',
    },
  ]
}

/** `12 of 420` */
function ofAll({ all, done }: { all: number; done: number }): string {
  return `${grouped(String(done))} of ${grouped(String(all))}`
}
