import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Archive } from './archive.ts'

/** Far longer than code takes that only says what its methods are. */
const longestSeconds = 60

/**
 * Runs the code of an extension in a thread, before it is run in this process, which nothing could end. What it throws is left to that
 * second time. @throws ExitlabError `usage` where it does not come to its end.
 */
export async function tryOut(archive: Archive, file: string, seconds = longestSeconds): Promise<void> {
  const worker = new Worker(new URL('./try-out-worker.ts', import.meta.url), {
    workerData: archive,
    // What it prints is printed when this process runs it.
    stdout: true,
    stderr: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const waiting = new AbortController()
  const outcome = await Promise.race([
    once(worker, 'message').then(() => 'ran'),
    once(worker, 'exit').then(() => 'left'),
    setTimeout(1000 * seconds, 'runs', { signal: waiting.signal }),
  ]).catch((error: unknown) => ({ thrown: error instanceof Error ? error.message : String(error) }))
  waiting.abort()
  await worker.terminate()
  const hint = 'Nothing of it was registered. The file of an extension only says what its methods are'
  if (outcome === 'runs')
    throw new ExitlabError(
      'usage',
      `${file} does not end: its code still ran after ${seconds} seconds. ${hint}: look for a loop outside of functions.`,
    )
  if (typeof outcome === 'object')
    throw new ExitlabError(
      'usage',
      `${file} throws where nothing can catch it: ${outcome.thrown}. ${hint}: look for promises and timers outside of functions.`,
    )
  if (outcome === 'left')
    throw new ExitlabError(
      'usage',
      `${file} ended its process, or awaits what never comes. ${hint}: look for process.exit and await outside of functions.`,
    )
}
