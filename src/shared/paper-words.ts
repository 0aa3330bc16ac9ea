import type { PaperItem } from './paper.ts'
import type { ClaimTest, ClaimVerdict, PaperFigure } from './paper-report.ts'

/** Behind every own value, and every difference to it, that has another setting than the published one. */
export const otherSettingMark = '†'

/** `Table 8`, `Figure 3` */
export function itemName({ kind, number }: Pick<PaperItem, 'kind' | 'number'>): string {
  return `${kind === 'table' ? 'Table' : 'Figure'} ${number}`
}

/** Of an item's id, `table-8` or `table-1a`: `Table 8`, `Table 1a`. */
export function nameOfId(id: string): string {
  const [kind = '', number = ''] = id.split('-')
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${number}`
}

/** In place of the verdict of a test on own runs that repeats one in this table: `as in Table 7`. */
export const repeatWords = (table: string): string => `as in ${nameOfId(table)}`

/** In the order in which they are counted: of one, and of several. */
const counted: readonly [ClaimVerdict, one: string, several: string][] = [
  ['agrees', 'agrees', 'agree'],
  ['disagrees', 'disagrees', 'disagree'],
  ['undecided', 'undecided', 'undecided'],
  ['untested', 'not tested', 'not tested'],
  ['missing', 'without values', 'without values'],
]

/** `7 agree, 1 undecided` of the claims or tests with these verdicts. */
export function verdictCounts(verdicts: readonly ClaimVerdict[]): string {
  const parts = counted.flatMap(([verdict, one, several]) => {
    const count = verdicts.filter((each) => each === verdict).length
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`]
  })
  return parts.join(', ')
}

/** Of each test on own runs that does not repeat another one's numbers. */
export function ownVerdicts(tests: readonly Pick<ClaimTest, 'ownVerdict' | 'repeats'>[]): ClaimVerdict[] {
  return tests.flatMap(({ ownVerdict, repeats }) => (repeats === null ? [ownVerdict] : []))
}

/** The sentence below each panel of a figure. Those that show the same in two ways share one, below the last of them. */
export function panelCaptions(panels: PaperFigure['panels']): (string | null)[] {
  return panels.map(({ sentence }, index) => (sentence === panels[index + 1]?.sentence ? null : sentence))
}
