import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import { serve } from '../../../../src/main/execution/threads/serve.ts'

export type Trial = 'answer' | 'spin' | 'refuse' | 'exit' | 'answer and fail'

const trials: Record<Trial, () => unknown> = {
  answer: () => 'an answer',
  spin() {
    for (;;);
  },
  refuse() {
    throw new ExitlabError('data', 'refused', { command: ['import'] })
  },
  exit: () => process.exit(),
  'answer and fail'() {
    setImmediate(() => {
      throw new Error('too late for an answer')
    })
    return 'an answer'
  },
}

/** Says what it is at, and tries that. */
serve(async (trial: Trial, say) => {
  say(`file of ${trial}`)
  return trials[trial]()
})
