import { leftOutSentences } from '../../../shared/left-out.ts'
import { plainText } from '../../../shared/plain-text.ts'
import type { CurveAnswer } from '../schema.ts'

/** The line under the figure. */
export const noteIn = (data: CurveAnswer): string => plainText([data.note, ...leftOutSentences(data)].join(' · '))
