import { CircleCheck, CirclePause, CircleStop, CircleX, Clock, LoaderCircle } from '@lucide/vue'
import type { Component } from 'vue'
import type { RunStatus } from '../../../shared/runs.ts'

/** How a status looks wherever it is shown: an icon, a word and a colour token (`--st-…`). */
export const statusLooks: Record<RunStatus, { icon: Component; word: string; token: string }> = {
  queued: { icon: Clock, word: 'Queued', token: 'queued' },
  running: { icon: LoaderCircle, word: 'Running', token: 'running' },
  paused: { icon: CirclePause, word: 'Paused', token: 'paused' },
  stopped: { icon: CircleStop, word: 'Stopped', token: 'queued' },
  done: { icon: CircleCheck, word: 'Done', token: 'done' },
  failed: { icon: CircleX, word: 'Failed', token: 'failed' },
}
