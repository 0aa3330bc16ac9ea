import { CircleCheck, CircleDashed, CircleQuestionMark, CircleSlash, CircleX } from '@lucide/vue'
import type { Component } from 'vue'
import type { ClaimVerdict } from '../../../../shared/paper-report.ts'

/** How a verdict looks: an icon, a word, and a colour that repeats them. */
export const verdictLooks: Record<ClaimVerdict, { icon: Component; word: string; text: string; ground: string }> = {
  agrees: { icon: CircleCheck, word: 'Agrees', text: 'text-done', ground: 'bg-done-bg' },
  disagrees: { icon: CircleX, word: 'Disagrees', text: 'text-failed', ground: 'bg-failed-bg' },
  undecided: { icon: CircleQuestionMark, word: 'Undecided', text: 'text-paused', ground: 'bg-paused-bg' },
  untested: { icon: CircleSlash, word: 'Not tested', text: 'text-queued', ground: 'bg-sunken' },
  missing: { icon: CircleDashed, word: 'No values', text: 'text-queued', ground: 'bg-sunken' },
}
