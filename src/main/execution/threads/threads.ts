import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import { ExitlabError, type ErrorCode } from '../../../shared/basics/error.ts'
import { threadArguments } from '../../extensions/launch.ts'
import type { Outcome, Progress } from './serve.ts'

/** Threads that do one piece of work at a time each. They are started when there is work for them, and do not keep the process alive without. */
export interface Threads<Work, Answer> {
  /** An aborted signal ends the thread. @throws an error of the work, with its code, what ended its thread, or the reason of a signal that is aborted. */
  run(piece: Work, options?: { signal?: AbortSignal | undefined }): Promise<Answer>
  /** Ends them; what waits is not begun. */
  close(): Promise<void>
}

/** How long a piece of work may take. A thread that takes longer is ended. Memory has to be bounded by the work: V8's own limit ends the process. */
export interface TimeLimit<Work> {
  ms: number
  /** The error of work that took longer; `at`: what it has last said to be at. */
  exceeded(piece: Work, at: string | null): Error
}

/** `script` calls `serve`. */
export function createThreads<Work, Answer>(
  script: URL,
  count: number,
  limit?: TimeLimit<Work>,
): Threads<Work, Answer> {
  const queue = new PQueue({ concurrency: count })
  const [workers, idle] = [new Set<Worker>(), new Set<Worker>()]

  function start(): Worker {
    const worker = new Worker(script, { execArgv: threadArguments() })
    workers.add(worker)
    worker.on('exit', () => [workers, idle].forEach((some) => some.delete(worker)))
    // Without a listener, one that fails while it has no work would end the process.
    worker.on('error', () => {})
    return worker
  }

  async function run(piece: Work, signal?: AbortSignal): Promise<Answer> {
    const [worker = start()] = idle
    idle.delete(worker)
    worker.ref()
    const outcome = await outcomeOf<Work, Answer>(worker, { piece, signal, limit }).catch(async (error: unknown) => {
      await worker.terminate()
      throw error
    })
    worker.unref()
    // One that ended as it answered would answer nothing else.
    if (workers.has(worker)) idle.add(worker)
    if ('answer' in outcome) return outcome.answer
    const { isExitlabError, code, message, fields } = outcome.failure
    throw isExitlabError
      ? new ExitlabError(code as ErrorCode, message, fields)
      : Object.assign(new Error(message), { code })
  }

  return {
    run: (piece, options) => queue.add(() => run(piece, options?.signal), options),
    async close() {
      queue.clear()
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}

interface Assignment<Work> {
  piece: Work
  signal: AbortSignal | undefined
  limit: TimeLimit<Work> | undefined
}

/** What a thread answers to a piece of work. @throws what ended it, the error of its time limit, or the reason of its signal. */
async function outcomeOf<Work, Answer>(
  worker: Worker,
  { piece, signal, limit }: Assignment<Work>,
): Promise<Outcome<Answer>> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome<Answer>>()
  let at: string | null = null
  let failure: unknown = new Error('A thread ended before it answered.')
  const message = (said: Outcome<Answer> | Progress) => ('at' in said ? void (at = said.at) : resolve(said))
  // An error may overtake an answer that was sent before it; all messages arrive before the end.
  const error = (each: unknown) => void (failure = each)
  const exit = () => reject(failure)
  worker.on('message', message).on('error', error).on('exit', exit)
  const late = limit && AbortSignal.timeout(limit.ms)
  const ended = AbortSignal.any([signal, late].filter((each) => each !== undefined))
  const stop = () => reject(signal?.aborted ? signal.reason : limit!.exceeded(piece, at))
  ended.addEventListener('abort', stop)
  if (ended.aborted) stop()
  else worker.postMessage(piece)
  try {
    return await promise
  } finally {
    worker.off('message', message).off('error', error).off('exit', exit)
    ended.removeEventListener('abort', stop)
  }
}
