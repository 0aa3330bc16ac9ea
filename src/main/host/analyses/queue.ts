import { recordedResources } from '../../../files/recorded-resources.ts'
import type { AnalysisRow } from '../../store/analyses.ts'
import { analysisFolder } from '../../store/workspace.ts'
import { taskFailure } from '../queue/outcomes.ts'
import { runWithRetries, type RetryOptions } from '../../execution/trainer-pool/retry.ts'
import type { CircuitBreaker } from '../queue/circuit-breaker.ts'
import { createWorkLoop, type WorkLoop } from '../queue/work-loop.ts'
import type { JobEnd } from '../../execution/trainer-pool/trainer-process.ts'
import { analyseJob } from './job.ts'
import { concludeAnalysis, type AnalysisEnd } from './on-finish.ts'
import type { AnalysisSources, Sitting } from './progress-recorder.ts'
import { analysisTitle } from '../runs/analysis-title.ts'

interface AnalysisQueueOptions extends AnalysisSources, Pick<RetryOptions, 'pool' | 'retryMilliseconds'> {
  breaker: CircuitBreaker
  /** How long the part that it is at may take when an analysis is to stop. After that its trainer is killed, and it is computed again. */
  partMilliseconds: number
}

/**
 * Computes the queued analyses, one at a time, in the order of their requests. `close` stops after the parts that are done, and
 * queues the running analysis again.
 */
export interface AnalysisQueue extends Pick<WorkLoop, 'wake' | 'revive' | 'idle' | 'close'> {
  /** Ends the work at an analysis that is to be worked at no longer: it was paused or deleted, or its runs were deleted. */
  release(): Promise<void>
  /** Whether an analysis is worked at. */
  isAt(id: string): boolean
}

interface Current {
  id: string
  stop: AbortController
  kill: AbortController
  ended: Promise<void>
}

type Signals = Required<Pick<RetryOptions, 'stop' | 'kill'>>

export function createAnalysisQueue(options: AnalysisQueueOptions): AnalysisQueue {
  const { store, analysisRecorder, breaker } = options
  let current: Current | null = null
  const loop = createWorkLoop({ breaker, start: startNext, isBusy: () => current !== null, stop: end })

  function startNext(): void {
    const row = current === null ? store.analyses.next() : null
    if (row !== null) start(row)
  }

  function start(row: AnalysisRow): void {
    store.analyses.setStatus(row.id, 'running')
    const [stop, kill] = [new AbortController(), new AbortController()]
    current = { id: row.id, stop, kill, ended: work(row, { stop: stop.signal, kill: kill.signal }) }
    analysisRecorder.tell([row.id])
  }

  async function work(row: AnalysisRow, signals: Signals): Promise<void> {
    const sitting = analysisRecorder.begin(row)
    try {
      const end = await answer(row, { ...signals, sitting }).catch(taskFailure)
      conclude(row, { end, progress: sitting.end() })
    } catch (error) {
      sitting.end()
      breaker.begin(error)
    }
    // Only now: otherwise it could be resumed before its end is recorded.
    current = null
    loop.next()
  }

  function answer(row: AnalysisRow, { stop, kill, sitting }: Signals & { sitting: Sitting }): Promise<JobEnd> {
    const { pool, retryMilliseconds, recorder } = options
    let { done } = row
    return runWithRetries({
      pool,
      stop,
      kill,
      retryMilliseconds,
      resources: () => recordedResources(analysisFolder(store.workspace, row.id)),
      job: () => (store.analyses.isWanted(row.id) ? analyseJob(store, row) : null),
      heard: (event) => sitting.heard(event),
      keepsWork(event) {
        if (event.type !== 'analysing' || event.done <= done) return false
        ;({ done } = event)
        return true
      },
      again: (message, attempt) =>
        recorder.log({
          level: 'warning',
          run: null,
          phase: row.subjects[0]!.phaseId,
          message: `${analysisTitle(row)}: ${message}\nIt resumes after the last finished part (attempt ${attempt}).`,
        }),
    })
  }

  function conclude(row: AnalysisRow, { end, progress }: AnalysisEnd): void {
    try {
      concludeAnalysis(options, row, { end, progress })
    } catch (error) {
      concludeAnalysis(options, row, { end: taskFailure(error), progress })
    }
  }

  async function end(): Promise<void> {
    if (current === null) return
    const { stop, kill, ended } = current
    stop.abort()
    const timer = setTimeout(() => kill.abort(), options.partMilliseconds)
    await ended
    clearTimeout(timer)
  }

  return {
    ...loop,
    release: async () => {
      if (current !== null && !store.analyses.isWanted(current.id)) await end()
    },
    isAt: (id) => current?.id === id,
  }
}
