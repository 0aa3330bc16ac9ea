import type { Progress } from '../../../shared/phases/events.ts'
import type { TrainingEvent } from '../../../shared/phases/phase-events.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'

/** A phase that is trained for a run. */
export interface TrainedFor {
  run: string
  phase: PhaseRow
}

type Step = Pick<
  Extract<TrainingEvent, { type: 'progress' }>,
  'epoch' | 'batch' | 'batchesPerEpoch' | 'imagesPerEpoch' | 'imagesPerSecond'
>

/** Upper estimates of the time that phases in training, and their runs, still take: early stopping may end them before. */
export function createTimeLeft(store: Store) {
  const secondsPerEpoch = new Map<string, number>()
  /** Of the phases that a run has still before it; null while the pace of one is not known. */
  const secondsAfter = new Map<string, number | null>()
  return {
    /** A phase begins or resumes. */
    begin: (trained: TrainedFor) => void secondsAfter.set(trained.run, secondsAfterPhase(store, trained)),
    epochTook: (phaseId: string, seconds: number) => void secondsPerEpoch.set(phaseId, seconds),
    atMost(
      { run, phase }: TrainedFor,
      { epoch, batch, batchesPerEpoch, imagesPerEpoch, imagesPerSecond }: Step,
    ): Pick<Progress, 'secondsLeftAtMost' | 'runSecondsLeftAtMost'> {
      const atThisPace = imagesPerSecond > 0 ? imagesPerEpoch / imagesPerSecond : 0
      const perEpoch = secondsPerEpoch.get(phase.id) ?? atThisPace
      const epochsLeft = phase.definition.training.epochs - (epoch - 1) - batch / batchesPerEpoch
      const secondsLeftAtMost = perEpoch * epochsLeft
      const after = secondsAfter.get(run) ?? null
      return { secondsLeftAtMost, runSecondsLeftAtMost: after === null ? null : secondsLeftAtMost + after }
    },
  }
}

/** Of the run's later phases; null if the pace of one of them is not known. */
function secondsAfterPhase(store: Store, { run, phase: { id } }: TrainedFor): number | null {
  const chain = store.phases.chain(run)
  const open = chain.slice(chain.findIndex((each) => each.id === id) + 1).filter(({ status }) => status !== 'done')
  return open.reduce<number | null>((sum, phase) => {
    const pace = store.epochs.pace({ phase: phase.id, run })
    return sum === null || pace === null ? null : sum + pace * (phase.definition.training.epochs - phase.epochs)
  }, 0)
}
