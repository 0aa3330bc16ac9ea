import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import { ExitlabError, type ErrorCode } from '../../shared/error.ts'
import type { Outcome } from './serve.ts'

/** Threads that do one piece of work at a time each. They are started when there is work for them, and do not keep the process alive without. */
export interface Threads<Work, Answer> {
  /** @throws an error of the work, with its code, what ended its thread, or the reason of a signal that is aborted. */
  run(piece: Work, options?: { signal?: AbortSignal }): Promise<Answer>
  /** Ends them; what waits is not begun. */
  close(): Promise<void>
}

/** `script` calls `serve`. */
export function createThreads<Work, Answer>(script: URL, count: number): Threads<Work, Answer> {
  const queue = new PQueue({ concurrency: count })
  const [workers, idle] = [[] as Worker[], [] as Worker[]]

  function start(): Worker {
    const worker = new Worker(script)
    workers.push(worker)
    return worker
  }

  async function run(piece: Work): Promise<Answer> {
    const worker = idle.pop() ?? start()
    worker.ref()
    worker.postMessage(piece)
    const [outcome] = (await once(worker, 'message')) as [Outcome<Answer>]
    worker.unref()
    idle.push(worker)
    if ('answer' in outcome) return outcome.answer
    const { isExitlabError, code, message } = outcome.failure
    throw isExitlabError ? new ExitlabError(code as ErrorCode, message) : Object.assign(new Error(message), { code })
  }

  return {
    run: (piece, options) => queue.add(() => run(piece), options),
    async close() {
      queue.clear()
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
