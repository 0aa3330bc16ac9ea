import { CircleCheck, CirclePause, CircleStop, CircleX, Clock, LoaderCircle } from '@lucide/vue'
import type { Component } from 'vue'
import type { RunStatus } from '../../../shared/runs/runs.ts'

/** An icon, a word, a colour token (`--st-…`), and the classes of words and of their ground. */
export interface StatusLook {
  icon: Component
  word: string
  token: string
  text: string
  ground: string
}

/** Icon and colour of each status. */
export const statusLooks: Record<RunStatus, StatusLook> = {
  queued: { icon: Clock, word: 'Queued', token: 'queued', text: 'text-queued', ground: 'bg-sunken' },
  running: { icon: LoaderCircle, word: 'Running', token: 'running', text: 'text-running', ground: 'bg-running-bg' },
  paused: { icon: CirclePause, word: 'Paused', token: 'paused', text: 'text-paused', ground: 'bg-paused-bg' },
  stopped: { icon: CircleStop, word: 'Stopped', token: 'queued', text: 'text-queued', ground: 'bg-sunken' },
  done: { icon: CircleCheck, word: 'Done', token: 'done', text: 'text-done', ground: 'bg-done-bg' },
  failed: { icon: CircleX, word: 'Failed', token: 'failed', text: 'text-failed', ground: 'bg-failed-bg' },
}
