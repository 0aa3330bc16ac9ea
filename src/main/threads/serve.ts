import { parentPort } from 'node:worker_threads'
import { ExitlabError } from '../../shared/error.ts'

/** What a thread answers to a piece of work. */
export type Outcome<Answer> = { answer: Answer } | { failure: Failure }

/** An error that its caller may have to tell from others. */
interface Failure {
  isExitlabError: boolean
  code: string | undefined
  message: string
}

/** For the script of a thread: does each piece of work that it is given (threads.ts). */
export function serve<Work, Answer>(work: (piece: Work) => Promise<Answer>): void {
  parentPort!.on('message', (piece: Work) => {
    void outcomeOf(work(piece)).then((outcome) => parentPort!.postMessage(outcome))
  })
}

async function outcomeOf<Answer>(work: Promise<Answer>): Promise<Outcome<Answer>> {
  try {
    return { answer: await work }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { failure: { isExitlabError: error instanceof ExitlabError, code, message } }
  }
}
