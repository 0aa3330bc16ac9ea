import { ExitlabError } from '../../src/shared/error.ts'
import { serve } from '../../src/main/threads/serve.ts'

export type Trial = 'answer' | 'spin' | 'refuse' | 'exit'

const trials: Record<Trial, () => unknown> = {
  answer: () => 'an answer',
  spin() {
    for (;;);
  },
  refuse() {
    throw new ExitlabError('data', 'refused', { command: ['import'] })
  },
  exit: () => process.exit(),
}

/** Says what it is at, and tries that. */
serve(async (trial: Trial, say) => {
  say(`file of ${trial}`)
  return trials[trial]()
})
