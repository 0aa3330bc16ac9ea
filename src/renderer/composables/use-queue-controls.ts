import { computed } from 'vue'
import type { AnalysisSummary } from '../../shared/evaluation/analysis.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'
import { useAnalysesStore } from '../stores/analyses.ts'
import { useRunsStore } from '../stores/runs.ts'
import { useAction } from './use-action.ts'

/** Pausing and resuming the whole queue. */
export function useQueueControls() {
  const runs = useRunsStore()
  const analyses = useAnalysesStore()
  const { run: act } = useAction()
  const some = (test: (each: RunSummary | AnalysisSummary) => boolean) =>
    any(runs.runs.values(), test) || any(analyses.analyses.values(), test)

  /** Whether something is queued or running, a run or an analysis. */
  const canPause = computed(() => some(({ status }) => status === 'queued' || status === 'running'))
  /** Whether something was paused with everything else. */
  const canResume = computed(() => some(({ pausedWithAll }) => pausedWithAll))
  const pauseAll = () => void act('Pausing everything', runs.pauseAll)
  const resumeAll = () => void act('Resuming everything', runs.resumeAll)
  /** Pauses everything that is queued or running; if nothing is, resumes what was paused this way. */
  function pauseOrResumeAll(): void {
    if (canPause.value) pauseAll()
    else if (canResume.value) resumeAll()
  }
  return { canPause, canResume, pauseAll, resumeAll, pauseOrResumeAll }
}

/** Whether any run passes; nothing is copied, since it is evaluated at each event of ten thousand runs. */
function any<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true
  return false
}
