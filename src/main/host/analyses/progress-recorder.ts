import type { AnalysisSummary } from '../../../shared/evaluation/analysis.ts'
import type { TrainerEvent, TrainerEventOf } from '../../../shared/phases/trainer-events.ts'
import type { AnalysisProgress, AnalysisRow } from '../../store/analyses.ts'
import type { Store } from '../../store/open.ts'
import type { Recorder, RecorderOptions } from '../queue/events/event-recorder.ts'
import { analysisTitle } from '../runs/analysis-title.ts'

/** Followers hear at most this often how far an analysis is. */
const quietMilliseconds = 200
/** Throttles progress writes: each is an fsync. */
const savedMilliseconds = 2_000

/** Turns what happens to analyses into rows of the store and events for its followers, in that order. */
interface AnalysisRecorder {
  /** An analysis as lists show it, with how far it is now. */
  summary(row: AnalysisRow): AnalysisSummary
  /** Tells followers how these analyses are now. */
  tell(ids: readonly string[]): void
  /** The last preview of an analysis; null if there was none since this host started. */
  preview(id: string): unknown
  /** Forgets what an analysis has shown. */
  forget(id: string): void
  /** To be called when an analysis starts or resumes. */
  begin(row: AnalysisRow): Sitting
}

/** The time from the start or resumption of an analysis until it is done, fails or is queued again. */
export interface Sitting {
  /** An event of the trainer. */
  heard(event: TrainerEvent): void
  /** Returns how far the analysis has come. */
  end(): AnalysisProgress
}

/** Services for requests about analyses. */
export interface AnalysisSources {
  store: Store
  recorder: Recorder
  analysisRecorder: AnalysisRecorder
}

export function createAnalysisRecorder({
  store,
  events,
  recorder,
}: Omit<RecorderOptions, 'now'> & { recorder: Recorder }): AnalysisRecorder {
  const previews = new Map<string, unknown>()
  const sittings = new Map<string, () => AnalysisProgress>()

  const summary = ({ subjects, sha256: _, ...rest }: AnalysisRow) => {
    return { ...rest, ...sittings.get(rest.id)?.(), runs: subjects.map(({ run }) => run) }
  }
  const tell = (ids: readonly string[]) => {
    for (const id of ids) {
      const row = store.analyses.get(id)
      if (row !== null) events.publish({ type: 'analysis', analysis: summary(row) })
    }
  }

  function begin(row: AnalysisRow): Sitting {
    const { id, subjects } = row
    const startedAt = recorder.now()
    let { done, total } = row
    let savedAt = startedAt
    let toldAt = 0
    const progress = () => ({ done, total, seconds: row.seconds + (recorder.now() - startedAt) / 1000 })

    function moved(event: TrainerEventOf<'analysing'>): void {
      ;({ done, total } = event)
      const now = recorder.now()
      if (now - savedAt >= savedMilliseconds) {
        savedAt = now
        store.analyses.setProgress(id, progress())
      }
      if (now - toldAt < quietMilliseconds) return
      toldAt = now
      tell([id])
    }

    sittings.set(id, progress)
    return {
      heard(event) {
        if (event.type === 'analysing') moved(event)
        else if (event.type === 'preview') previews.set(id, event.result)
        else if (event.type === 'log') {
          const message = `${analysisTitle(row)}: ${event.message}`
          recorder.log({ level: event.level, run: null, phase: subjects[0]!.phaseId, message })
        }
      },
      end() {
        sittings.delete(id)
        return progress()
      },
    }
  }

  return { summary, tell, preview: (id) => previews.get(id) ?? null, forget: (id) => void previews.delete(id), begin }
}
