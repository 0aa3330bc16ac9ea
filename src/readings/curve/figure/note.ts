import { leftOutSentences } from '../../../shared/evaluation/left-out.ts'
import { plainText } from '../../../shared/text/plain-text.ts'
import type { CurveAnswer } from '../schema.ts'

/** The line under the figure. */
export const noteIn = (data: CurveAnswer): string => plainText([data.note, ...leftOutSentences(data)].join(' · '))
