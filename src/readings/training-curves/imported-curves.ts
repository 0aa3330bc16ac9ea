import { listed } from '../../shared/format/lists.ts'
import { formatInWords, importedSeries, samplesInWords, type ImportedResult } from '../../shared/runs/imported.ts'
import { primaryMetric, type MetricName } from '../../shared/methods/task.ts'
import type { RunCurve } from '../given.ts'
import type { TrainingCurvesChoice, TrainingCurvesData } from './curves.ts'

interface Choice extends Pick<TrainingCurvesChoice, 'split' | 'exit' | 'x'> {
  metric: MetricName
}

/** Curves of imported results over their training: of those that were logged over what is chosen as the axis. */
export function importedCurves(
  results: readonly ImportedResult[],
  choice: Choice,
  lookOf: (result: ImportedResult) => number | null,
): RunCurve[] {
  return results.flatMap((result) => {
    const points = pointsOf(result, choice)
    return points.length === 0 ? [] : [{ run: { ...curveRun(result), look: lookOf(result) }, points }]
  })
}

function pointsOf({ content }: ImportedResult, { metric, split, exit, x }: Choice): RunCurve['points'] {
  const { training, exits } = content
  const last = (training?.curves.length ?? 0) - 1
  // What was measured on test samples, or on samples that are not known, stands beside validation samples, and is named.
  if (training?.axis !== x || metric !== primaryMetric(content).name) return []
  if ((content.split === 'train') !== (split === 'train')) return []
  const index = exits.findLastIndex(({ name }) => name === String(exit))
  const curve = training.curves[exit === 'final' && index < 0 ? last : index] ?? []
  return Array.from({ length: curve.length / 2 }, (_, at) => [curve[2 * at]!, curve[2 * at + 1]!] as const)
}

function curveRun({
  id,
  name,
  experiment,
  regime,
  seed,
  format,
  content,
}: ImportedResult): Omit<RunCurve['run'], 'look'> {
  const { task, split } = content
  return {
    id,
    name,
    regime,
    seed,
    ...(task && { task }),
    imported: { format, split },
    series: importedSeries({ name, content }),
    experiment: experiment ?? name,
    experimentId: `imported ${experiment ?? ''}`,
  }
}

/** Which of the curves were imported, as one sentence; empty where none was. */
export function importedCurvesSentence({ imported }: Pick<TrainingCurvesData, 'imported'>): string {
  if (imported.length === 0) return ''
  const found = imported.map(({ name, format, split }) => ({
    name,
    how: `${formatInWords[format]}, ${samplesOf(split)}`,
  }))
  const groups = [...Map.groupBy(found, ({ how }) => how)].map(
    ([how, members]) => `${listed(new Set(members.map(({ name }) => name)))} (${how})`,
  )
  return `Imported, not trained by Exitlab: ${groups.join(', ')}.`
}

function samplesOf(split: ImportedResult['content']['split']): string {
  return split === null ? 'samples not known' : `${samplesInWords[split]} samples`
}
