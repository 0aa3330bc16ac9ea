import { CirclePause, CircleCheck, CircleStop, CircleX, LoaderCircle } from '@lucide/vue'
import type { Component } from 'vue'
import type { SearchStatus } from '../../../shared/search-record.ts'

/** Icon, word and colours of each state of a search. */
export const searchLooks: Record<SearchStatus, { icon: Component; word: string; classes: string }> = {
  running: { icon: LoaderCircle, word: 'Running', classes: 'text-running bg-running-bg' },
  paused: { icon: CirclePause, word: 'Paused', classes: 'text-paused bg-paused-bg' },
  stopped: { icon: CircleStop, word: 'Stopped', classes: 'text-queued bg-sunken' },
  done: { icon: CircleCheck, word: 'Done', classes: 'text-done bg-done-bg' },
  failed: { icon: CircleX, word: 'Failed', classes: 'text-failed bg-failed-bg' },
}
