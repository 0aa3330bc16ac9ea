import { useCommands } from '../../../composables/use-commands.ts'
import { useShortcuts } from '../../../composables/use-shortcuts.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import { runControls } from './run-controls.ts'
import type { RunsScreen } from './screen.ts'

interface FocusActions {
  focusQuery(): void
  focusTable(): void
  toggleDrawer(): void
}

/** Keys and commands of the whole screen. They apply to the selection, else to the active row. */
export function useScreenShortcuts(screen: RunsScreen, { focusQuery, focusTable, toggleDrawer }: FocusActions): void {
  const { actions, selection, targets } = screen
  const step = (by: number) => {
    selection.moveTo(selection.activeIndex.value + by)
    focusTable()
  }
  const pin = () => selection.activeRow.value && screen.pin(selection.activeRow.value)
  const compare = () => targets.value.length > 0 && actions.compare(targets.value)
  const tag = () => targets.value.length > 0 && (screen.tagging.value = targets.value)
  const remove = () => targets.value.length > 0 && actions.remove(targets.value)

  useShortcuts({
    '/': focusQuery,
    j: () => step(1),
    k: () => step(-1),
    c: compare,
    b: pin,
    p: () => actions.pauseOrResume(targets.value),
    s: () => actions.stop(targets.value),
    t: tag,
    d: toggleDrawer,
    Delete: remove,
    Escape: () => selection.clear(),
  })
  useCommands(() => {
    const group = 'Selected runs'
    const count = targets.value.length
    const what = count === 1 ? targets.value[0]!.name : plural(count, 'run')
    const some = () => count > 0
    return [
      { id: 'runs compare', title: `Compare ${what}`, shortcut: 'c', group, enabled: some, run: compare },
      { id: 'runs pin', title: `Pin as baseline: ${what}`, shortcut: 'b', group, enabled: some, run: pin },
      ...runControls.map(({ control, word, shortcut }) => ({
        id: `runs ${control}`,
        title: `${word} ${what}`,
        shortcut,
        group,
        enabled: () => actions.can(control, targets.value),
        run: () => actions[control](targets.value),
      })),
      { id: 'runs tag', title: `Tag ${what}`, shortcut: 't', group, enabled: some, run: tag },
      {
        id: 'runs diff',
        title: `Differences between ${what}`,
        group,
        enabled: () => count > 1,
        run: () => (screen.differing.value = targets.value),
      },
      { id: 'runs delete', title: `Delete ${what}`, shortcut: 'Delete', group, enabled: some, run: remove },
      { id: 'runs query', title: 'Filter the runs', shortcut: '/', run: focusQuery },
      { id: 'runs drawer', title: 'Show or hide the details', shortcut: 'd', run: toggleDrawer },
    ]
  })
}
