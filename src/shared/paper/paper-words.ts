import type { PaperItem } from './paper.ts'
import type { ClaimVerdict, PaperFigure } from './paper-report.ts'

/** Once for a table or claim whose own values have another setting than the published ones. */
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

/** Verdicts in words. */
export const verdictWords: Record<ClaimVerdict, string> = {
  agrees: 'agrees',
  disagrees: 'disagrees',
  undecided: 'undecided',
  untested: 'not tested',
  missing: 'no values',
}

/** In the order in which they are counted: of one, and of several. */
const counted: readonly [ClaimVerdict, one: string, several: string][] = [
  ['agrees', 'agrees', 'agree'],
  ['disagrees', 'disagrees', 'disagree'],
  ['undecided', 'undecided', 'undecided'],
  ['untested', 'not tested', 'not tested'],
  ['missing', 'without values', 'without values'],
]

/** `7 agree, 1 undecided` of the claims with these verdicts. */
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

/** How claims get their verdicts. */
export const claimRule =
  'A claim is one contrast: the mean of its tests, each seed read alone. It is tested once, against what is stated, by a two-sided t test: tests of one network are averaged at each seed, and networks, whose runs are independent, add their variances (Welch); p is corrected by Holm for the number of claims. ' +
  'Where p is below 0.05, the claim agrees if the contrast is as stated, and disagrees otherwise; above, it is undecided. ' +
  'With fewer than three seeds of a network, or a contrast that is the same at every seed, it is not tested. ' +
  '“At least as good” allows a margin of 0.5 points, or 0.02 of MSE. ' +
  'Runs at equal epochs are tested likewise, as a second family. ' +
  'Single tests are details, uncorrected; one of the same runs and numbers as another, in another table, counts once.'
