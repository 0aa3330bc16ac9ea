import { plainText } from '../../../shared/plain-text.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text as content or attribute of an element of HTML. */
export function htmlText(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (sign) => entities[sign]!)
}
