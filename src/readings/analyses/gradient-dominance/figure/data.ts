import { fixed } from '../../../../shared/format/numbers.ts'
import { extent } from '../../../../shared/statistics/statistics.ts'
import type { EpochDominance } from '../../../../shared/evaluation/dominance.ts'
import { exitLabel, phasePhrase } from '../../../../figures/exit-curves-data.ts'
import { objectiveWords } from '../../../../shared/methods/objective-words.ts'
import type { PhaseDetail } from '../../../../shared/runs/runs.ts'

/** Gradient dominance over the epochs of one phase at which it was measured. */
export interface DominanceData {
  /** Which epochs are counted: `phase 2 of 2: all exits`. */
  phase: string
  /** Epoch of the best checkpoint, final or so far. */
  keptEpoch: number | null
  /** Exits of the network, the final classifier included. */
  exitCount: number
  /** At least one, ascending. */
  epochs: readonly EpochDominance[]
}

/** `phase 2 of 2: all exits`, and by which objective it was trained where that is not the mean of the losses. */
export function dominancePhase(phases: readonly Pick<PhaseDetail, 'name' | 'objective'>[], place: number): string {
  const objective = objectiveWords(phases[place]!.objective)
  const phrase = phasePhrase(phases, [place])
  return objective === null ? phrase : `${phrase}, ${objective}`
}

/** Subject of the cosines in a figure. */
export const dominanceTitle = 'Cosine with the total gradient'

interface MeasuredEpochs extends Pick<DominanceData, 'exitCount'> {
  epochs: readonly Pick<EpochDominance, 'exits'>[]
}

/** Exits that were measured, shallow to deep; all of them where none has ever had a gradient. */
export function measuredExits({ epochs, exitCount }: MeasuredEpochs) {
  const all = Array.from({ length: exitCount }, (_, exit) => ({ exit, label: exitLabel(exit, exitCount) }))
  const measured = all.filter(({ exit }) => epochs.some(({ exits }) => exits[exit] !== null))
  return measured.length > 0 ? measured : all
}

/** Cosines of the exits that have a gradient, shallow to deep. */
export function knownCosines({ exits }: { exits: readonly (number | null)[] }) {
  return exits.flatMap((value, exit) => (value === null ? [] : [{ label: exitLabel(exit, exits.length), value }]))
}

/** `exit 1 0.64, final 0.71` */
export function cosinesText(cosines: ReturnType<typeof knownCosines>): string {
  return cosines.map(({ label, value }) => `${label} ${cosineText(value)}`).join(', ')
}

/** A cosine with its sign as print has it. */
export function cosineText(value: number): string {
  return fixed(value, 2)
}

/** Tenths around all cosines, so that colours move seldom while epochs arrive; as far below 0 as above it where some are negative. */
export function cosineScale(values: readonly (number | null)[]) {
  const [lowest = 1, highest = 1] = extent(values.filter((value) => value !== null))
  // Not above 0.9: a scale of cosines ends at 1.
  const low = Math.min(0.9, Math.floor(10 * lowest + 1e-9) / 10)
  const high = Math.ceil(10 * highest - 1e-9) / 10
  if (low >= 0) return { low, high: Math.max(high, low + 0.1), decimals: 2 }
  const reach = Math.max(-low, high)
  return { low: -reach, high: reach, diverging: true, decimals: 2 }
}
