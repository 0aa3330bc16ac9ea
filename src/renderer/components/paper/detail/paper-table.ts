import type { PaperScale } from '../../../../shared/paper.ts'
import type { PaperTable } from '../../../../shared/paper-report.ts'

/** Whether own values have to be marked. */
export const isMarked = ({ sameSetting, ownSetting }: PaperTable): boolean => !sameSetting && ownSetting !== null

/** What `otherSettingMark` stands for. */
export function markMeaning({ ownSetting, publishedSetting }: PaperTable, scale: PaperScale): string {
  const where = scale === 'desk' ? ' at desk scale' : ''
  return `Own value of another setting${where}: ${ownSetting}. The published values are of ${publishedSetting}: compare the order of regimes, not the values.`
}

/** `n = 3` or `n = 2–3`, over all own values; null where there are none. */
export function seedsWords({ rows }: PaperTable): string | null {
  const counts = rows.flatMap(({ own }) => own.flatMap((cell) => (cell ? [cell.n] : [])))
  if (counts.length === 0) return null
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  return least === most ? `n = ${least}` : `n = ${least}–${most}`
}

/** Whether a table has any own value. */
export const hasOwn = ({ rows }: PaperTable): boolean => rows.some(({ own }) => own.some((cell) => cell !== null))
