import { exitNumber } from '../exit-pattern.ts'
import { badSource, isSeed, type FoundName } from '../import-choice.ts'

/** Reads the cell at a place: null where it is empty. */
export type Cell = (place: number) => number | null

interface RowPlace {
  path: string
  line: number
  /** What columns that are read hold. */
  names: FoundName[]
  /** What the rows before call the last exit; null: none has it. */
  final: { called: string | null }
}

/** The cells of a row, as what they are read. @throws ExitlabError `data` naming the cell that is something else. */
export interface Cells {
  number: Cell
  epoch: Cell
  /** null where it is empty. */
  exit(place: number): string | null
  seed: Cell
}

export function cellsOf(record: readonly string[], { path, names, line, final }: RowPlace): Cells {
  const text = (place: number) => record[place]!.trim()
  const odd = (place: number, expected: string) =>
    badSource(
      path,
      `has “${text(place).slice(0, 40)}” in line ${line}, column ${names[place]!.name}; expected ${expected}.`,
    )
  const number = (place: number) => {
    const cell = text(place)
    if (cell === '') return null
    const value = numberOf(cell)
    if (value === null) throw odd(place, 'a number')
    names[place]!.values++
    names[place]!.last = value
    return value
  }
  const checked = (isRight: (value: number) => boolean, expected: string) => (place: number) => {
    const value = number(place)
    if (value === null || isRight(value)) return value
    throw odd(place, expected)
  }
  return {
    number,
    epoch: checked(Number.isFinite, 'a number'),
    exit(place) {
      const cell = text(place).toLowerCase()
      if (cell === '') return null
      const exit = exitOf(cell)
      if (exit === null) throw odd(place, 'the number of an exit')
      if (exit === 'final' && (final.called ??= cell) !== cell)
        throw odd(place, `the number of an exit, or “${final.called}” as in a row before`)
      return exit
    },
    seed: checked(isSeed, 'a seed, a whole number of at least 0'),
  }
}

/** A number, one in % as a share, or not a number (`nan`) as programs write it; null for anything else. */
function numberOf(cell: string): number | null {
  if (/^[+-]?nan$/i.test(cell)) return NaN
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*%?$/i.test(cell)) return null
  return cell.endsWith('%') ? Number(cell.slice(0, -1)) / 100 : Number(cell)
}

/** `0`, `exit 0`, or a word for the last one; null where it is no exit. */
function exitOf(text: string): string | null {
  if (/^-\d/.test(text)) return null
  const digits = /\d+/.exec(text)?.[0]
  return digits === undefined ? 'final' : exitNumber(digits)
}
