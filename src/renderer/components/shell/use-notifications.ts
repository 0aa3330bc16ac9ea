import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useNotificationSetting } from '../../composables/use-notification-setting.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { openScores, type RunStatus, type RunSummary } from '../../../shared/runs/runs.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { capitalised } from '../../../shared/tables/table-words.ts'
import { primaryMetric, primaryText } from '../../../shared/methods/task.ts'

/** Notifies of the end of runs and of the queue, if this is switched on and the window is not visible. */
export function useNotifications(): void {
  const runs = useRunsStore()
  const router = useRouter()
  const { on } = useNotificationSetting()

  function show({ title, body, tag, run }: Notice): void {
    const notification = new Notification(title, { body, tag })
    notification.addEventListener('click', () => {
      window.focus()
      void router.push(run === null ? { name: 'runs' } : { name: 'run', params: { run } })
      notification.close()
    })
  }

  watch(
    () => runs.runs,
    (after, before) => {
      if (on.value && !document.hasFocus() && Notification.permission === 'granted')
        noticesOf(before, after).forEach(show)
    },
  )
}

/** A notification. */
interface Notice {
  title: string
  body: string
  /** A later notice of the same tag takes its place. */
  tag: string
  /** Id of the run that it is about; null: of the whole queue. */
  run: string | null
}

type Runs = ReadonlyMap<string, RunSummary>

const active = (status: RunStatus | undefined) => status === 'queued' || status === 'running'

/** Notifications about runs that ended between two states of the list: one for each, and one if the queue is now empty. */
export function noticesOf(before: Runs, after: Runs): Notice[] {
  const ended = [...after.values()].filter(
    (run) => run !== before.get(run.id) && active(before.get(run.id)?.status) && isEnd(run.status),
  )
  if (ended.length === 0) return []
  const isEmpty = ![...after.values()].some(({ status }) => active(status))
  return [...ended.map(noticeOf), ...(isEmpty && after.size > 1 ? [queueNotice(after)] : [])]
}

const isEnd = (status: RunStatus) => status === 'done' || status === 'failed'

function noticeOf({ id, name, status, error, errorCode, scores, task }: RunSummary): Notice {
  if (status === 'done') {
    const shown = scores && openScores(scores)
    const { noun, unit } = primaryMetric({ task })
    return {
      title: `${name} is done`,
      body:
        shown === null
          ? ''
          : capitalised(`${shown.split} ${noun} ${primaryText(shown.values.at(-1)!, { task })} ${unit}`.trimEnd()),
      tag: 'done',
      run: id,
    }
  }
  const title = errorCode === 'diverged' ? `${name} diverged` : `${name} failed`
  return { title, body: error?.split('\n')[0] ?? '', tag: `failed ${id}`, run: id }
}

function queueNotice(runs: Runs): Notice {
  const count = (status: RunStatus) => [...runs.values()].filter((run) => run.status === status).length
  const failed = count('failed')
  const body = `${plural(count('done'), 'run')} done${failed === 0 ? '' : `, ${failed} failed`}`
  return { title: 'The queue is empty', body, tag: 'queue', run: null }
}
