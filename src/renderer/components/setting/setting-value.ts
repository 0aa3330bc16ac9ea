import type { Setting } from './setting-schema.ts'

/** What a control asks to be written; undefined: nothing, so that the default holds. */
export type Written =
  string | number | boolean | null | readonly number[] | TypedText | Record<string, never> | undefined

const isTypedNumber = (text: string) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)

/** Typed text as a value of the file. Invalid text is written as well: the host reports the problem. */
export function typedValue({ control }: Setting, typed: string): Written {
  const text = typed.trim()
  if (text === '') return undefined
  if (control.kind === 'number') {
    if (control.nullWord !== null && ['none', 'null', control.nullWord].includes(text.toLowerCase())) return null
    return isTypedNumber(text) ? new TypedText(text) : text
  }
  if (control.kind === 'numbers') {
    const parts = text
      .replace(/^\[|\]$/g, '')
      .split(/[\s,]+/)
      .filter((part) => part !== '')
    return parts.every(isTypedNumber) ? parts.map(Number) : text
  }
  return text
}

/** A value of a setting as a person reads and types it. */
export function valueText({ control }: Setting, value: unknown): string {
  if (value === undefined) return ''
  if (value === null) return (control.kind === 'number' && control.nullWord) || 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (control.kind === 'choice') return control.options.find((option) => option.value === value)?.label ?? String(value)
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** Whether the written value differs from the default. */
export function isChanged({ default: fallback, required }: Setting, value: unknown): boolean {
  return !required && value !== undefined && JSON.stringify(value) !== JSON.stringify(fallback)
}

/** The value at a path; undefined if nothing is written there. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (section, key) =>
      typeof section === 'object' && section !== null ? (section as Record<string, unknown>)[key] : undefined,
    values,
  )
}

/** Of the control of a setting, so that other places can lead to it. */
export function fieldId(key: string): string {
  return `setting-${key.replaceAll('.', '-')}`
}

/** Puts the focus on the control of the setting at a path, or of the section around it. @returns whether there is one. */
export function focusField(path: readonly (string | number)[]): boolean {
  for (let length = path.length; length > 0; length--) {
    const field = document.getElementById(fieldId(path.slice(0, length).join('.')))
    if (field === null) continue
    field.focus({ preventScroll: true })
    field.scrollIntoView({ block: 'nearest' })
    return true
  }
  return false
}

/** A value as its author would type it, exponents included: the text itself is what gets written. */
export class TypedText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}
