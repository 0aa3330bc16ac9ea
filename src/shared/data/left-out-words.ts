import type { LeftOutImages } from './data.ts'
import { count } from '../format/numbers.ts'

/** `3 of 20,000 images cannot be decoded and are left out (2 of 16,000 training and validation, 1 of 4,000 test images): a.jpg, …`. */
export function leftOutWords({ train, test, files }: LeftOutImages): string {
  const [lost, all] = [train.count + test.count, train.of + test.of]
  const more = lost > files.length ? ` and ${count(lost - files.length)} more` : ''
  return (
    `${count(lost)} of ${count(all)} images cannot be decoded and ${lost === 1 ? 'is' : 'are'} left out (${count(train.count)} of ${count(train.of)} ` +
    `training and validation, ${count(test.count)} of ${count(test.of)} test images): ${files.join(', ')}${more}`
  )
}
