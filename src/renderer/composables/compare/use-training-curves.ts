import { computed } from 'vue'
import { exitAt } from '../../../shared/evaluation/exit-id.ts'
import type { ExitId } from '../../../shared/evaluation/exit-id.ts'
import { importedCurves } from '../../../readings/training-curves/imported-curves.ts'
import { curveAxes } from '../../../readings/given.ts'
import { curveGroups, trainingCurvesData } from '../../../readings/training-curves/curves.ts'
import type { TrainingCurvesChoice } from '../../../readings/training-curves/curves.ts'
import type { ImportedResult } from '../../../shared/runs/imported.ts'
import { metricsOf, type MetricName, type OfTask } from '../../../shared/methods/task.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { curvesByRun, type CurvePoints } from '../run-curves.ts'
import { steady } from '../steady.ts'
import { useAddress } from '../use-address.ts'
import { useLiveRequest } from '../use-live-request.ts'
import { useRequest } from '../use-request.ts'
import { useHost } from '../../api/host.ts'

/** Weights of the past that smoothing offers. */
export const smoothingWeights: readonly number[] = [0, 0.5, 0.7, 0.9, 0.97]

interface Shown {
  runs: () => readonly RunSummary[]
  imports: () => readonly ImportedResult[]
  /** Ids of all that is compared. */
  among: () => string[]
}

/** Curves of the compared runs and imported results, shown as the address has it. */
export function useTrainingCurves({ runs, imports, among }: Shown) {
  const { client } = useHost()
  const address = useAddress()
  const choice = computed(() => choiceOf((key) => address.text(key), runs()[0] ?? imports()[0]?.content ?? {}))
  function change(changes: Partial<TrainingCurvesChoice>): void {
    const texts = Object.entries(changes).map(([key, value]) => [key === 'metric' ? 'curve' : key, String(value)])
    address.change(Object.fromEntries(texts) as Record<string, string>)
  }
  /** Curves of the last request, by run, and the last epoch of each: only runs with a new epoch are requested again. */
  const held = new Map<string, { epoch: number; points: CurvePoints }>()
  let heldQuestion = ''
  const question = computed(() => [choice.value.metric, choice.value.split, choice.value.exit, choice.value.x].join())
  const shownIds = computed(() => idsOf(runs()).join())
  const answer = useLiveRequest(
    async (signal) => {
      if (question.value !== heldQuestion) held.clear()
      heldQuestion = question.value
      void shownIds.value
      // What is read from here on is not followed: a new epoch is asked for after this answer, and does not abort it.
      await Promise.resolve()
      const shown = runs()
      const { metric, split, exit, x } = choice.value
      const stale = shown.filter((run) => held.get(run.id)?.epoch !== epochOf(run))
      if (stale.length > 0) {
        const points = await curvesByRun(
          await client.runs.curves({ runs: idsOf(stale), metric, split, exit, x }, { signal }),
        )
        if (signal.aborted) return null
        for (const run of stale) held.set(run.id, { epoch: epochOf(run), points: points.get(run.id) ?? [] })
      }
      const curves = shown.flatMap((run) => {
        const { points = [] } = held.get(run.id) ?? {}
        return points.length === 0 ? [] : [{ run, points }]
      })
      return { asked: { metric, split, exit, x }, curves }
    },
    { changes: () => runs().map(epochOf).join() },
  )
  const all = steady(among)
  const named = useRequest((signal) => client.evaluations.series({ runs: all.value }, { signal }))
  const series = computed(() => named.data.value && new Map(named.data.value.map(({ id, ...each }) => [id, each])))
  const data = computed(() => {
    const known = series.value
    if (answer.data.value === null || known === null) return null
    const { asked, curves } = answer.data.value
    // Until the next answer the curves are those of the metric, samples, exit and axis that were asked for before.
    const drawn = { ...choice.value, ...asked }
    const lookOf = ({ id }: { id: string }) => known.get(id)?.look ?? null
    const own = curves.map(({ run, points }) => ({
      run: { ...run, look: null, ...known.get(run.id) },
      points,
    }))
    return trainingCurvesData([...own, ...importedCurves(imports(), drawn, lookOf)], drawn)
  })
  return { choice, change, data, error: computed(() => answer.error.value ?? named.error.value) }
}

const idsOf = (runs: readonly RunSummary[]) => runs.map(({ id }) => id)
const epochOf = ({ latest }: RunSummary) => latest?.epoch ?? 0

/** With a metric of the task of the runs. */
type MadeChoice = TrainingCurvesChoice & { metric: MetricName }

/** Missing or invalid values of the address are defaults. */
function choiceOf(text: (key: string) => string | null, run: OfTask): MadeChoice {
  const [primary, ...others] = metricsOf(run).map(({ name }) => name)
  const oneOf = <T extends string>(key: string, values: readonly [T, ...T[]]): T =>
    values.find((value) => value === text(key)) ?? values[0]
  return {
    metric: oneOf('curve', [primary!, ...others]),
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

/** Exits that the runs and imported results have, deepest first. */
export function exitsOf(runs: readonly RunSummary[], imports: readonly ImportedResult[]): ExitId[] {
  const counts = [
    ...runs.map(({ scores }) => scores?.validation.length ?? 1),
    ...imports.map(({ content }) => content.exits.length),
  ]
  const heads = Math.max(1, ...counts) - 1
  return Array.from({ length: heads + 1 }, (_, index) => exitAt(heads - index, heads))
}
