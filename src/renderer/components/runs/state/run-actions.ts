import { useRouter } from 'vue-router'
import type { RunStatus, RunSummary } from '../../../../shared/runs/runs.ts'
import { referencesTo } from '../../../composables/compare/use-compared-runs.ts'
import { useAction } from '../../../composables/use-action.ts'
import { useConfirm } from '../../../composables/use-confirm.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import { useRunsStore, type QueuePosition } from '../../../stores/runs.ts'

type Runs = readonly RunSummary[]

/** What can be done with runs in which state; the host refuses the same. */
const from = {
  pause: ['queued', 'running'],
  resume: ['paused', 'stopped'],
  stop: ['queued', 'running', 'paused'],
  retry: ['failed'],
} as const satisfies Record<string, readonly RunStatus[]>

type ControlName = keyof typeof from

export interface RunActions {
  /** Whether there is a run among them that this can be done with. */
  can(action: ControlName, runs: Runs): boolean
  pause(runs: Runs): void
  resume(runs: Runs): void
  /** Pauses active runs; if none is active, resumes paused and stopped ones. */
  pauseOrResume(runs: Runs): void
  /** Asks first. */
  stop(runs: Runs): void
  retry(runs: Runs): void
  remove(runs: Runs): void
  move(ids: readonly string[], to: QueuePosition): void
  tag(runs: Runs, change: { add?: string[]; remove?: string[] }): void
  /** New experiment that starts from this run. */
  clone(run: RunSummary): void
  compare(runs: Runs): void
  open(run: RunSummary): void
}

export function useRunActions(): RunActions {
  const store = useRunsStore()
  const router = useRouter()
  const { run: act } = useAction()
  const confirm = useConfirm()

  const fitting = (action: ControlName, runs: Runs) =>
    runs.filter(({ status }) => (from[action] as readonly RunStatus[]).includes(status)).map(({ id }) => id)
  const can = (action: ControlName, runs: Runs) => fitting(action, runs).length > 0
  const control = (action: ControlName, what: string) => (runs: Runs) => {
    const ids = fitting(action, runs)
    if (ids.length > 0) void act(what, () => store[action](ids))
  }
  const pause = control('pause', 'Pausing')
  const resume = control('resume', 'Resuming')
  const stop = control('stop', 'Stopping')

  async function stopAfterAsking(runs: Runs): Promise<void> {
    const ids = fitting('stop', runs)
    if (ids.length === 0) return
    const what = ids.length === 1 ? runs.find(({ id }) => id === ids[0])!.name : plural(ids.length, 'run')
    const text = 'Training stops at the next step with a checkpoint. Resume continues from there.'
    if (await confirm({ title: `Stop ${what}?`, text, action: 'Stop', danger: true })) stop(runs)
  }

  return {
    can,
    pause,
    resume,
    pauseOrResume: (runs) => (can('pause', runs) ? pause(runs) : resume(runs)),
    stop: (runs) => void stopAfterAsking(runs),
    retry: control('retry', 'Retrying'),
    remove: (runs) => void act('Deleting', () => store.remove(runs)),
    move: (ids, to) => void act('Moving', () => store.move(ids, to)),
    tag: (runs, change) => void act('Tagging', () => store.tag(idsOf(runs), change)),
    clone: ({ id }) => void router.push({ name: 'new', query: { from: id } }),
    compare(runs) {
      const references = referencesTo(new Set(idsOf(runs)), store.list)
      void router.push({ name: 'compare', query: { runs: references.join(',') } })
    },
    open: ({ id }) => void router.push({ name: 'run', params: { run: id } }),
  }
}

const idsOf = (runs: Runs) => runs.map(({ id }) => id)
