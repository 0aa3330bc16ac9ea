import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useNotificationSetting } from '../../composables/use-notification-setting.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { noticesOf, type Notice } from './run-endings.ts'

/** Tells the end of runs and of the queue by the platform's notifications, where that is switched on and nobody looks. */
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
