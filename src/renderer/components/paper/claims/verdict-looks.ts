import { CircleCheck, CircleDashed, CircleQuestionMark, CircleSlash, CircleX } from '@lucide/vue'
import type { Component } from 'vue'
import type { ClaimVerdict } from '../../../../shared/paper-report.ts'

/** How a verdict looks: an icon, and a colour that repeats it. */
export const verdictLooks: Record<ClaimVerdict, { icon: Component; text: string; ground: string }> = {
  agrees: { icon: CircleCheck, text: 'text-done', ground: 'bg-done-bg' },
  disagrees: { icon: CircleX, text: 'text-failed', ground: 'bg-failed-bg' },
  undecided: { icon: CircleQuestionMark, text: 'text-paused', ground: 'bg-paused-bg' },
  untested: { icon: CircleSlash, text: 'text-queued', ground: 'bg-sunken' },
  missing: { icon: CircleDashed, text: 'text-queued', ground: 'bg-sunken' },
}
