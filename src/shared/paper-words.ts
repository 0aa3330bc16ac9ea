import type { PaperItem } from './paper.ts'
import type { ClaimVerdict, PaperFigure } from './paper-report.ts'

/** Behind every own value, and every difference to it, that has another setting than the published one. */
export const otherSettingMark = '†'

/** `Table 8`, `Figure 3` */
export function itemName({ kind, number }: Pick<PaperItem, 'kind' | 'number'>): string {
  return `${kind === 'table' ? 'Table' : 'Figure'} ${number}`
}

/** In the order in which they are counted: of one, and of several. */
const counted: readonly [ClaimVerdict, one: string, several: string][] = [
  ['agrees', 'agrees', 'agree'],
  ['disagrees', 'disagrees', 'disagree'],
  ['undecided', 'undecided', 'undecided'],
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

/** The sentence below each panel of a figure. Those that show the same in two ways share one, below the last of them. */
export function panelCaptions(panels: PaperFigure['panels']): (string | null)[] {
  return panels.map(({ sentence }, index) => (sentence === panels[index + 1]?.sentence ? null : sentence))
}
