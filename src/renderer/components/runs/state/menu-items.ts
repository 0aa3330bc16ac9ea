import { ChartLine, CirclePause, CircleStop, Copy, Diff, ExternalLink, ListEnd, ListStart, Pin, PinOff, Play, RotateCcw, Tag, Trash2 } from '@lucide/vue' // prettier-ignore
import { computed, type ComputedRef } from 'vue'
import type { MenuItem } from '../../ui/menu-item.ts'
import { useRunsScreen } from './screen.ts'

/** The menu of the active row, or of the selection. */
export function useMenuItems(): ComputedRef<MenuItem[]> {
  const screen = useRunsScreen()
  const { actions, selection, targets, table } = screen
  const one = computed(() => (targets.value.length === 1 ? targets.value[0]! : null))
  const waiting = computed(() => targets.value.filter(({ status }) => status === 'queued').map(({ id }) => id))

  const looking = (): MenuItem[] => [
    {
      label: 'Open',
      icon: ExternalLink,
      shortcut: 'Enter',
      disabled: one.value === null,
      run: () => actions.open(one.value!),
    },
    { label: 'Compare', icon: ChartLine, shortcut: 'c', run: () => actions.compare(targets.value) },
    {
      label: 'Show differences',
      icon: Diff,
      disabled: targets.value.length < 2,
      run: () => (screen.differing.value = targets.value),
    },
    pinning(),
  ]

  function pinning(): MenuItem {
    const row = selection.activeRow.value
    const isPinned = row !== null && screen.isPinned(row)
    return {
      label: isPinned ? 'Unpin the baseline' : 'Pin as baseline',
      icon: isPinned ? PinOff : Pin,
      shortcut: 'b',
      disabled: row === null,
      run: () => row && screen.pin(row),
    }
  }

  const training = (): MenuItem[] => [
    { label: 'Pause', icon: CirclePause, separator: true, disabled: !actions.can('pause', targets.value), run: () => actions.pause(targets.value) },
    { label: 'Resume', icon: Play, disabled: !actions.can('resume', targets.value), run: () => actions.resume(targets.value) },
    { label: 'Stop…', icon: CircleStop, shortcut: 's', disabled: !actions.can('stop', targets.value), run: () => actions.stop(targets.value) },
    { label: 'Retry', icon: RotateCcw, disabled: !actions.can('retry', targets.value), run: () => actions.retry(targets.value) },
    { label: 'To the front of the queue', icon: ListStart, disabled: waiting.value.length === 0, run: () => actions.move(waiting.value, 'front') },
    { label: 'To the back of the queue', icon: ListEnd, disabled: waiting.value.length === table.queue.value.length || waiting.value.length === 0, run: () => actions.move(waiting.value, 'back') },
  ] // prettier-ignore

  const keeping = (): MenuItem[] => [
    {
      label: 'Clone and edit',
      icon: Copy,
      separator: true,
      disabled: one.value === null,
      run: () => actions.clone(one.value!),
    },
    { label: 'Tags…', icon: Tag, shortcut: 't', run: () => (screen.tagging.value = targets.value) },
    {
      label: 'Delete',
      icon: Trash2,
      danger: true,
      separator: true,
      shortcut: 'Delete',
      run: () => actions.remove(targets.value),
    },
  ]

  return computed(() => [...looking(), ...training(), ...keeping()])
}
