import { computed, ref } from 'vue'
import { useRouter } from 'vue-router'
import { useCommands, type Command } from '../../composables/use-commands.ts'
import { useMenuCommands } from '../../composables/use-menu-commands.ts'
import { useOpenedText } from '../../composables/use-opened-text.ts'
import { usePalette } from '../../composables/use-palette.ts'
import { usePaperCommands } from '../../composables/paper/use-paper-commands.ts'
import { useQueueControls } from '../../composables/use-queue-controls.ts'
import { useQuickStart } from '../../composables/use-quick-start.ts'
import { useShortcuts } from '../../composables/use-shortcuts.ts'
import { usePreferencesStore, type Theme } from '../../stores/preferences.ts'
import { useUndoStore } from '../../stores/undo.ts'
import { goingTo, useScreens } from './screens.ts'

const themes: readonly { theme: Theme; title: string }[] = [
  { theme: 'system', title: 'Theme: as the system' },
  { theme: 'light', title: 'Theme: light' },
  { theme: 'dark', title: 'Theme: dark' },
]

/** What can be done on every screen: the same things by key, by palette and by the desktop's menus. */
export function useShellActions() {
  const router = useRouter()
  const palette = usePalette()
  const preferences = usePreferencesStore()
  const undo = useUndoStore()
  const quickStart = useQuickStart()
  const queue = useQueueControls()
  const file = useOpenedText()
  const screens = useScreens()
  const shortcutsOpen = ref(false)

  const go = (name: string) => void router.push({ name })
  const showShortcuts = () => (shortcutsOpen.value = true)
  const openFile = async () => {
    if (await file.choose()) go('new')
  }

  const actions = computed<readonly Command[]>(() => [
    ...screens.map((screen) => ({
      id: screen.name,
      title: goingTo(screen),
      shortcut: screen.shortcut,
      keywords: screen.keywords,
      group: 'Pages',
      run: () => go(screen.name),
    })),
    { id: 'quick-start', title: 'Run the quick start', keywords: 'example first', run: () => void quickStart.start() },
    {
      id: 'pause-all',
      title: 'Pause all runs and analyses',
      shortcut: 'shift+p',
      keywords: 'queue stop training everything',
      enabled: () => queue.canPause.value,
      run: queue.pauseAll,
    },
    {
      id: 'resume-all',
      title: 'Resume all runs and analyses',
      shortcut: queue.canPause.value ? undefined : 'shift+p',
      keywords: 'queue continue training everything',
      enabled: () => queue.canResume.value,
      run: queue.resumeAll,
    },
    { id: 'open', title: 'Open an experiment file', enabled: () => file.available, run: () => void openFile() },
    {
      id: 'undo',
      title: `Undo: ${undo.next ?? ''}`,
      shortcut: 'mod+z',
      enabled: () => undo.next !== null,
      run: undo.undo,
    },
    { id: 'shortcuts', title: 'List the keyboard shortcuts', shortcut: '?', run: showShortcuts },
    ...themes.map(({ theme, title }) => ({ id: theme, title, run: () => (preferences.theme = theme) })),
  ])
  useCommands(() => actions.value)
  usePaperCommands()

  const showExports = () => palette.show('export ')
  useShortcuts({
    'mod+k': () => palette.show(),
    'mod+e': showExports,
    'mod+z': () => undo.undo(),
    'shift+p': queue.pauseOrResumeAll,
    '?': showShortcuts,
    '/': () => go('runs'),
    ...Object.fromEntries(screens.map(({ name, shortcut }) => [shortcut, () => go(name)])),
  })
  useMenuCommands({
    'new-experiment': () => go('new'),
    'open-experiment': () => void openFile(),
    export: showExports,
    undo: () => undo.undo(),
    'command-palette': () => palette.show(),
    settings: () => go('settings'),
    shortcuts: showShortcuts,
  })
  return { shortcutsOpen }
}
