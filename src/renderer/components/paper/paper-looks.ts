import {
  CircleCheck,
  CircleDashed,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Contrast,
  LoaderCircle,
} from '@lucide/vue'
import type { PaperState } from '../../../shared/paper/paper.ts'
import type { ClaimVerdict } from '../../../shared/paper/paper-report.ts'
import type { StatusLook } from '../domain/status-looks.ts'

/** An icon, a word, and a colour that repeats them. */
export type PaperLook = Omit<StatusLook, 'token'>

const good = { icon: CircleCheck, text: 'text-done', ground: 'bg-done-bg' }
const none = { icon: CircleDashed, text: 'text-queued', ground: 'bg-sunken' }

export const stateLooks: Record<PaperState, PaperLook> = {
  missing: { ...none, word: 'Missing' },
  partial: { icon: Contrast, word: 'Partial', text: 'text-paused', ground: 'bg-paused-bg' },
  active: { icon: LoaderCircle, word: 'In progress', text: 'text-running', ground: 'bg-running-bg' },
  done: { ...good, word: 'Done' },
}

/** In the order in which they are counted. */
export const states = ['done', 'active', 'partial', 'missing'] as const satisfies readonly PaperState[]

export const verdictLooks: Record<ClaimVerdict, PaperLook> = {
  agrees: { ...good, word: 'Agrees' },
  disagrees: { icon: CircleX, word: 'Disagrees', text: 'text-failed', ground: 'bg-failed-bg' },
  undecided: { icon: CircleQuestionMark, word: 'Undecided', text: 'text-paused', ground: 'bg-paused-bg' },
  untested: { ...none, icon: CircleSlash, word: 'Not tested' },
  missing: { ...none, word: 'No values' },
}
