import { CircleCheck, CircleDashed, Contrast, LoaderCircle } from '@lucide/vue'
import type { PaperState } from '../../../../shared/paper.ts'
import type { StatusLook } from '../../domain/status-looks.ts'

/** How the state of a table or figure looks; nothing of it is said by colour alone. */
export const stateLooks: Record<PaperState, StatusLook> = {
  missing: { icon: CircleDashed, word: 'Missing', token: 'queued', text: 'text-queued', ground: 'bg-sunken' },
  partial: { icon: Contrast, word: 'Partial', token: 'paused', text: 'text-paused', ground: 'bg-paused-bg' },
  active: {
    icon: LoaderCircle,
    word: 'In progress',
    token: 'running',
    text: 'text-running',
    ground: 'bg-running-bg',
  },
  done: { icon: CircleCheck, word: 'Done', token: 'done', text: 'text-done', ground: 'bg-done-bg' },
}

/** In the order in which they are counted. */
export const states = ['done', 'active', 'partial', 'missing'] as const satisfies readonly PaperState[]
