import { plainText } from '../../shared/plain-text.ts'
import { wideRecords } from './csv.ts'
import type { Table, Value } from '../../shared/table.ts'

/** A table as an element of HTML, its cells those of the wide CSV: what word processors and mails take from the clipboard. */
export function htmlTable(table: Table): string {
  const [header, ...rows] = wideRecords(table)
  const head = `<thead>${row(header!, 'th')}</thead>`
  return `<table>${head}<tbody>${rows.map((each) => row(each, 'td')).join('')}</tbody></table>\n`
}

const row = (values: readonly Value[], tag: 'th' | 'td') =>
  `<tr>${values.map((value) => `<${tag}>${escaped(plainText(String(value ?? '')))}</${tag}>`).join('')}</tr>`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => entities[sign]!)
