import { sampleTotal, type DatasetDescription, type TextDescription } from '../../../shared/data/data.ts'
import { emptyClassesOf, emptyClassesSentences } from '../../../shared/evaluation/empty-classes.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import type { PhaseSettings } from '../../../contract/experiment/phase-settings.ts'
import type { TrainingSpec } from '../../../shared/experiment/training.ts'
import { count, grouped } from '../../../shared/format/numbers.ts'
import { leftOutWords } from '../../../shared/data/left-out-words.ts'
import { heads } from '../../../engine/heads/index.ts'
import { weightings } from '../../../engine/objectives/index.ts'
import { optimisers } from '../../../engine/optimisers/index.ts'
import { batchSizeCaveat } from '../../../engine/pure.ts'

const nouns = { images: 'images', text: 'texts' } as const

interface Planned {
  file: ExperimentFile
  /** Of all phases, each once. */
  settings: readonly PhaseSettings[]
  dataset: DatasetDescription
  phasesToTrain: number
  /** Why bfloat16 is no faster than float32 here; null where it is. */
  slowBfloat16: string | null
  /** Whether a card trains. */
  onCard: boolean
}

/** Warnings about a plan: noisy results, and settings that are not applied as given. */
export function caveatsOf({ file, settings, dataset, phasesToTrain, ...machine }: Planned): string[] {
  const said = [
    ...limits(file, dataset),
    heldBackTest(dataset),
    dataset.kind === 'images' && dataset.leftOut ? `${leftOutWords(dataset.leftOut)}.` : null,
    ...emptyClassesSentences(emptyClassesOf(dataset)),
    calibrationSamples(dataset),
    ...(dataset.kind === 'text' ? textCaveats(dataset) : []),
    ...settings.flatMap((phase) => trainingCaveats(phase, dataset, machine)),
    weightingOfHead(file),
    phasesToTrain === 0 ? null : fewValidationSamples(dataset),
  ]
  return [...new Set(said.filter((caveat) => caveat !== null))]
}

function trainingCaveats(
  { training, data }: PhaseSettings,
  { counts }: DatasetDescription,
  { slowBfloat16, onCard }: Pick<Planned, 'slowBfloat16' | 'onCard'>,
): (string | null)[] {
  return [
    batchSizeCaveat(counts.train, { ...training, mixing: data.mixing }),
    optimisers.get(training.optimiser).caveat?.(training) ?? null,
    weightDecay(training),
    precision(training, slowBfloat16),
    fastAlgorithms(training, onCard),
  ]
}

function limits({ data: { limit } }: ExperimentFile, { kind, available }: DatasetDescription): string[] {
  return (['train', 'test'] as const).flatMap((split) => {
    const limited = limit[split]
    if (limited === null || limited <= available[split]) return []
    const noun = split === 'train' ? 'training' : 'test'
    return `data.limit.${split} is ${count(limited)}, but the data set has only ${count(available[split])} ${noun} ${nouns[kind]}: all are used.`
  })
}

function heldBackTest(dataset: DatasetDescription): string | null {
  const { kind, task, testHeldBack, available } = dataset
  if (testHeldBack === null) return null
  const group = task === 'regression' ? 'each group of similar values' : 'each class'
  return (
    `The ${kind === 'images' ? 'folder' : 'data set'} has no test ${nouns[kind]}: ${percent(testHeldBack)} % of ${group} become test ${nouns[kind]} (${count(available.test)} ` +
    `${nouns[kind]}, the same for every seed). Set data.testFraction to change this.`
  )
}

function calibrationSamples({ kind, counts: { calibration } }: DatasetDescription): string | null {
  if (calibration === undefined) return null
  return `Calibration ${nouns[kind]} held back from training, for thresholds with a guarantee (data.calibration): ${count(calibration)}.`
}

function weightDecay({ learningRate: rate, weightDecay: decay }: TrainingSpec): string | null {
  if (rate * decay < 1) return null
  return `training.learningRate × training.weightDecay is ${grouped(String(Number((rate * decay).toPrecision(3))))}: with 1 or more, weight decay removes every weight in one step.`
}

/** A head that has a loss of its own is another one without the weighting that adds it, and so is the weighting without the head. */
function weightingOfHead({ network: { head }, objective }: ExperimentFile): string | null {
  if (head === undefined) return null
  const { weighting } = heads.get(head)
  const chosen = objective?.weighting ?? 'uniform'
  if (chosen === weighting) return null
  if (weighting !== undefined)
    return `Heads ${head} belong with objective.weighting: ${weighting}, which adds their auxiliary loss; here it is ${chosen}.`
  if (!weightings.get(chosen).auxiliary) return null
  const owners = heads.entries().flatMap(([name, entry]) => (entry.weighting === chosen ? [name] : []))
  return `objective.weighting: ${chosen} adds the auxiliary loss of heads ${owners.join(' or ')}, which heads ${head} do not have: only its weights of the exits apply.`
}

function precision({ precision }: TrainingSpec, slowBfloat16: string | null): string | null {
  if (precision === 'float32' || slowBfloat16 === null) return null
  return `training.precision is bfloat16, which gains nothing on this machine: ${slowBfloat16}. float32 is at least as fast and more exact.`
}

function fastAlgorithms({ algorithms }: TrainingSpec, onCard: boolean): string | null {
  if (algorithms === 'deterministic') return null
  return onCard
    ? 'training.algorithms is fast: results cannot be repeated bit by bit, nor does interrupted training end as if it had not been.'
    : 'training.algorithms is fast, which makes no difference on the processor, but these runs share no phases with others.'
}

function fewValidationSamples(dataset: DatasetDescription): string | null {
  const { kind, task } = dataset
  const { validation } = dataset.counts
  if (validation >= 500) return null
  const noisy = `Only ${validation} validation ${nouns[kind]}: early stopping and thresholds will be noisy`
  return task === 'regression'
    ? `${noisy}.`
    : `${noisy} (one ${kind === 'images' ? 'image' : 'text'} is ${(100 / validation).toFixed(1)} percentage points).`
}

function textCaveats({ truncated, empty, maxLength, counts }: TextDescription): (string | null)[] {
  const all = sampleTotal(counts)
  return [
    truncated === 0
      ? null
      : `${percent(truncated / all)} % of the texts are longer than ${count(maxLength)} tokens and are cut (data.maxLength).`,
    empty === 0 ? null : `${count(empty)} of the texts are empty: the network sees only special tokens.`,
  ]
}

const percent = (share: number) => Number((100 * share).toFixed(1))
