import { computed } from 'vue'
import { exitAt } from '../../../shared/exit-id.ts'
import type { ExitId } from '../../../shared/exit-id.ts'
import { curveAxes, curveGroups, trainingCurvesData } from '../../../figures/training-curves-data.ts'
import type { RunCurve, TrainingCurvesChoice } from '../../../figures/training-curves-data.ts'
import type { RunSummary } from '../../../shared/runs.ts'
import { useAddress } from '../use-address.ts'
import { useAnswer } from '../use-answer.ts'
import { useHost } from '../../api/host.ts'

/** Points of a line at most: two for each pixel of a wide screen. */
const mostPoints = 4000
/** Weights of the past that smoothing offers. */
export const smoothingWeights: readonly number[] = [0, 0.5, 0.7, 0.9, 0.97]

/** Curves of the compared runs, shown as the address has it. */
export function useTrainingCurves(runs: () => readonly RunSummary[]) {
  const { client } = useHost()
  const address = useAddress()
  const choice = computed(() => choiceOf((key) => address.text(key)))
  function change(changes: Partial<TrainingCurvesChoice>): void {
    const texts = Object.entries(changes).map(([key, value]) => [key === 'metric' ? 'curve' : key, String(value)])
    address.change(Object.fromEntries(texts) as Record<string, string>)
  }
  /** Changes whenever one of the runs has a new epoch. */
  const progress = computed(() =>
    runs()
      .map(({ id, latest }) => `${id} ${latest?.epoch ?? 0}`)
      .join(),
  )
  const answer = useAnswer(async (signal) => {
    const shown = runs()
    void progress.value
    const { metric, split, exit, x } = choice.value
    if (shown.length === 0) return []
    const ids = shown.map(({ id }) => id)
    const { series, values } = await client.runs.curves(
      { runs: ids, metric, split, exit, x, points: mostPoints },
      { signal },
    )
    return curvesFrom(shown, series, new Float32Array(await values.arrayBuffer()))
  })
  const data = computed(() => answer.data.value && trainingCurvesData(answer.data.value, choice.value))
  return { choice, change, data, error: answer.error }
}

function curvesFrom(
  runs: readonly RunSummary[],
  series: readonly { run: string; points: number }[],
  values: Float32Array,
): RunCurve[] {
  const byId = new Map(runs.map((run) => [run.id, run]))
  let at = 0
  return series.map(({ run, points }) => ({
    run: byId.get(run)!,
    points: Array.from({ length: points }, () => [values[at++]!, values[at++]!] as const),
  }))
}

/** What the address does not say, or says in a way that means nothing, is as by default. */
function choiceOf(text: (key: string) => string | null): TrainingCurvesChoice {
  const oneOf = <T extends string>(key: string, values: readonly [T, ...T[]]): T =>
    values.find((value) => value === text(key)) ?? values[0]
  return {
    metric: oneOf('curve', ['accuracy', 'loss']),
    split: oneOf('split', ['validation', 'train']),
    exit: exitOf(text('exit')),
    x: oneOf('x', curveAxes),
    by: oneOf('by', curveGroups),
    seeds: oneOf('seeds', ['each', 'mean']),
    smoothing: smoothingWeights.find((weight) => String(weight) === text('smoothing')) ?? 0,
    scale: oneOf('scale', ['linear', 'log']),
  }
}

function exitOf(text: string | null): ExitId {
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : 'final'
}

/** Exits that the runs have, deepest first. */
export function exitsOf(runs: readonly RunSummary[]): ExitId[] {
  const heads = Math.max(0, ...runs.map(({ accuracies }) => (accuracies?.test.length ?? 1) - 1))
  return Array.from({ length: heads + 1 }, (_, index) => exitAt(heads - index, heads))
}
