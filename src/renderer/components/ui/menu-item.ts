import type { Component } from 'vue'

export interface MenuItem {
  label: string
  icon?: Component
  /** Quieter words at the end: what a format is for. */
  hint?: string
  /** A quieter line below the label. */
  detail?: string
  /** As `useShortcuts` has it; only shown. */
  shortcut?: string
  run(): void
  disabled?: boolean
  danger?: boolean
  /** For choices: a tick before those that are on. */
  checked?: boolean
  /** A line before it. */
  separator?: boolean
  /** A line before it, and what this and the following ones are. */
  heading?: string
}
