import type { Component } from 'vue'

export interface MenuItem {
  label: string
  icon?: Component
  /** Muted text at the end: the use of a format. */
  hint?: string
  /** A quieter line below the label. */
  detail?: string
  /** As `useShortcuts` has it; only shown. */
  shortcut?: string
  run(): void
  disabled?: boolean
  danger?: boolean
  /** For choices: whether it is ticked. */
  checked?: boolean
  /** A line before it. */
  separator?: boolean
  /** A line before it, and what this and the following ones are. */
  heading?: string
}
