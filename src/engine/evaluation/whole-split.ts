import type { ExitOutputs, ExitPredictions, FittedNumbers } from '../../shared/evaluation/evaluation.ts'
import { stretchesOf, type OutputsSource } from '../../shared/evaluation/outputs-source.ts'
import type { ExitRule } from '../exits/exit-rule.ts'
import { predict } from '../exits/predictions.ts'
import { predictionsOf, scoreExits, type ScoredExits } from './scored-exits.ts'

/** Of a whole split: a number for each exit and sample, where the logits have one for each class. */
export interface ScoredSplit {
  scored: ScoredExits
  /** Null for a regression. */
  predictions: ExitPredictions | null
}

/** As `scoreExits`, of outputs that may be larger than memory, with the predictions that the rule reads. */
export async function scoreSplit(rule: ExitRule, outputs: OutputsSource, fitted: FittedNumbers): Promise<ScoredSplit> {
  const parts: ScoredSplit[] = []
  for await (const stretch of stretchesOf(outputs)) {
    const predictions = predictionsOf(rule, stretch, fitted)
    parts.push({ scored: scoreExits(rule, stretch, { fitted, predictions }), predictions })
  }
  const predictions = parts.flatMap((part) => part.predictions ?? [])
  return {
    scored: joinScored(parts.map(({ scored }) => scored)),
    predictions: predictions.length === 0 ? null : joinPredictions(outputs, predictions),
  }
}

/** As `predict`, of outputs that may be larger than memory. */
export async function predictSplit(outputs: OutputsSource): Promise<ExitPredictions> {
  const parts: ExitPredictions[] = []
  for await (const stretch of stretchesOf(outputs)) parts.push(predict(stretch))
  return joinPredictions(outputs, parts)
}

function joinScored(parts: readonly ScoredExits[]): ScoredExits {
  const [first] = parts as [ScoredExits]
  if (parts.length === 1) return first
  const correct = first.correct && joined(parts, (part) => part.correct!)
  return {
    exitCount: first.exitCount,
    sampleCount: parts.reduce((sum, part) => sum + part.sampleCount, 0),
    scores: joined(parts, (part) => part.scores),
    values: correct ?? joined(parts, (part) => part.values),
    correct,
    ...(first.predicted && { predicted: joined(parts, (part) => part.predicted!) }),
  }
}

function joinPredictions(
  { exitCount, sampleCount, classCount, targets }: OutputsSource,
  parts: readonly ExitPredictions[],
): ExitPredictions {
  if (parts.length === 1) return parts[0]!
  return {
    exitCount,
    sampleCount,
    classCount,
    classes: joined(parts, (part) => part.classes),
    confidences: joined(parts, (part) => part.confidences),
    entropies: joined(parts, (part) => part.entropies),
    labels: targets as Int32Array,
  }
}

type Stretch = Pick<ExitOutputs, 'exitCount' | 'sampleCount'>

/** Arrays [exits, samples] of stretches as one, behind one another along the samples. */
function joined<Part extends Stretch, Values extends Float64Array | Int32Array | Uint8Array>(
  parts: readonly Part[],
  of: (part: Part) => Values,
): Values {
  const samples = parts.reduce((sum, { sampleCount }) => sum + sampleCount, 0)
  const { exitCount } = parts[0]!
  const whole = new (of(parts[0]!).constructor as new (length: number) => Values)(exitCount * samples)
  let first = 0
  for (const part of parts) {
    const values = of(part)
    for (let exit = 0; exit < exitCount; exit++) {
      const row = values.subarray(exit * part.sampleCount, (exit + 1) * part.sampleCount)
      whole.set(row, exit * samples + first)
    }
    first += part.sampleCount
  }
  return whole
}
