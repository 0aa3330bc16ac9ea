import { Pause, Play, RotateCcw, Square } from '@lucide/vue'

/** What a training is controlled by, for buttons and commands: methods of `RunActions`, in words. */
export const runControls = [
  { control: 'pause', word: 'Pause', icon: Pause, shortcut: 'p' },
  { control: 'resume', word: 'Resume', icon: Play, shortcut: 'p' },
  { control: 'stop', word: 'Stop', icon: Square, shortcut: 's' },
  { control: 'retry', word: 'Retry', icon: RotateCcw, shortcut: undefined },
] as const
