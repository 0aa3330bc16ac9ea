import { analysisScreens } from '../../composables/analyses/analysis-screens.ts'

export interface ShortcutSection {
  title: string
  shortcuts: readonly { keys: string; also?: readonly string[]; does: string }[]
}

/** Every key of the workbench, as the dialog lists them. Those who hear a key keep it in step with this. */
export const shortcutSections: readonly ShortcutSection[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: 'mod+k', does: 'Search runs, pages and actions' },
      { keys: 'g r', does: 'Go to runs' },
      { keys: 'g n', does: 'Go to new experiment' },
      { keys: 'g c', does: 'Go to compare' },
      ...analysisScreens.flatMap(({ shortcut, title }) =>
        shortcut === undefined ? [] : [{ keys: shortcut, does: `Go to ${title.toLowerCase()}` }],
      ),
      { keys: 'g s', does: 'Go to settings' },
      { keys: 'shift+p', does: 'Pause all, or resume all' },
      { keys: 'mod+z', does: 'Undo' },
      { keys: 'mod+e', does: 'Export what is shown' },
      { keys: '?', does: 'List the shortcuts' },
    ],
  },
  {
    title: 'Runs',
    shortcuts: [
      { keys: '/', does: 'Write a query' },
      { keys: 'j', also: ['ArrowDown'], does: 'Next run' },
      { keys: 'k', also: ['ArrowUp'], does: 'Previous run' },
      { keys: 'Space', also: ['shift+Space'], does: 'Select, with Shift up to here' },
      { keys: 'mod+a', does: 'Select all' },
      { keys: 'Enter', does: 'Open' },
      { keys: 'ArrowRight', also: ['ArrowLeft'], does: 'Open or close a group' },
      { keys: 'c', does: 'Compare the selection' },
      { keys: 'b', does: 'Pin as baseline' },
      { keys: 'p', does: 'Pause or resume' },
      { keys: 's', does: 'Stop' },
      { keys: 't', does: 'Tag' },
      { keys: 'Delete', does: 'Delete, which can be undone' },
      { keys: 'd', does: 'Show or hide the details' },
      { keys: 'alt+ArrowUp', also: ['alt+ArrowDown'], does: 'Move a queued run earlier or later' },
    ],
  },
  {
    title: 'Loss landscape',
    shortcuts: [
      { keys: '[', also: [']'], does: 'Previous or next exit' },
      { keys: 'ArrowLeft', also: ['ArrowRight', 'ArrowUp', 'ArrowDown'], does: 'Turn all surfaces, on a panel' },
      { keys: '+', also: ['-'], does: 'Zoom all surfaces, on a panel' },
      { keys: '0', does: 'Reset the camera' },
    ],
  },
]
