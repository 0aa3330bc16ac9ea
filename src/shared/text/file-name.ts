import { plainText } from './plain-text.ts'

const longestStem = 60

/** File name without its extension: `quickstart-budgets`. Letters and digits of any script are kept. */
export function fileStem(subjects: readonly string[], what: string): string {
  const distinct = [...new Set(subjects)]
  const subject = distinct.length > 3 ? `${distinct.length}-experiments` : distinct.join(' ')
  const words = plainText(subject)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
  const short = [...words].slice(0, longestStem).join('')
  return [short.replaceAll(/^-+|-+$/g, ''), what].filter((part) => part !== '').join('-')
}

/** The same of what is compared, of which its experiments are the subjects. */
export function comparisonStem(compared: readonly { experiment: string }[], what: string): string {
  return fileStem(
    compared.map(({ experiment }) => experiment),
    what,
  )
}
