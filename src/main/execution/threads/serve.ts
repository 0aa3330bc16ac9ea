import { parentPort } from 'node:worker_threads'
import { ExitlabError, type ErrorFields } from '../../../shared/basics/error.ts'

/** What a thread answers to a piece of work. */
export type Outcome<Answer> = { answer: Answer } | { failure: Failure }

/** What a thread says of a piece of work while it does it: what it is at, as a refusal names it. */
export interface Progress {
  at: string
}

/** An error that its caller may have to tell from others. */
interface Failure {
  isExitlabError: boolean
  code: string | undefined
  message: string
  fields: ErrorFields | undefined
}

/** For the script of a thread: does each piece of work that it is given (threads.ts). */
export function serve<Work, Answer>(work: (piece: Work, say: (at: string) => void) => Promise<Answer>): void {
  const say = (at: string) => parentPort!.postMessage({ at } satisfies Progress)
  parentPort!.on('message', (piece: Work) => {
    void outcomeOf(work(piece, say)).then((outcome) => parentPort!.postMessage(outcome))
  })
}

async function outcomeOf<Answer>(work: Promise<Answer>): Promise<Outcome<Answer>> {
  try {
    return { answer: await work }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const fields = error instanceof ExitlabError ? error.fields : undefined
    return { failure: { isExitlabError: fields !== undefined, code, message, fields } }
  }
}
