import { writeFileSync } from 'node:fs'
import { stream } from '../../src/engine/random.ts'

const rows = 300
const classes = ['early', 'middle', 'late']
const words = 40

/** Made-up texts of three classes as a table: of two to nine words, some of which are more frequent in one class. */
export function writeMadeUpTexts(path: string): void {
  const random = stream(1, 'texts')
  const lines = Array.from({ length: rows }, (_, row) => {
    const kind = row % classes.length
    const text = Array.from({ length: 2 + random.integer(8) }, () => {
      const range = random.uniform() < 0.5 ? words / classes.length : words
      return `w${Math.floor(kind * (words / classes.length)) + random.integer(Math.floor(range))}`
    })
    return `${text.join(' ')},${classes[kind]}`
  })
  writeFileSync(path, ['text,label', ...lines, ''].join('\n'))
}
