import wrapAnsi from 'wrap-ansi'
import { visible } from '../../../shared/text/visible.ts'
import { withoutStyles } from './style.ts'
import { widthOf } from './text.ts'

interface RecordOptions {
  /** Style of the names. */
  name: (text: string) => string
  /** Columns that it may take. */
  width: number
}

/** A row of a table that is too wide as lines `name: value`, without those that have no value; what is too long goes on in a line below. */
export function recordLines(fields: readonly (readonly [string, string])[], { name, width }: RecordOptions): string[] {
  return fields.flatMap(([title, value]) => {
    if (withoutStyles(value).trim() === '') return []
    const before = title === '' ? '' : `${visible(title)}: `
    if (widthOf(before + value) <= width) return [before === '' ? value : `${name(before.trimEnd())} ${value}`]
    return brokenLines(before + visible(withoutStyles(value)), width)
  })
}

/** A text at most so wide; what goes on is indented. */
export function brokenLines(text: string, width: number): string[] {
  const [first, ...others] = wrapAnsi(text, Math.max(1, width - 2), { hard: true }).split('\n')
  return [first!, ...others.map((line) => `  ${line}`)]
}
