import type { Style } from '../output/style.ts'

const width = 8

/** A share, 0 to 1, as a bar. */
export function progressBar(share: number, style: Style): string {
  const filled = Math.max(0, Math.min(width, Math.round(share * width)))
  return style.accent('━'.repeat(filled)) + style.faint('─'.repeat(width - filled))
}
