import type { Settings, SystemInfo } from '../../../shared/contract/system.ts'

type Host = NonNullable<SystemInfo['host']>

/** Threads that each of several runs at once gets. */
export const threadsOfRun = (threads: number, atOnce: number): number => Math.max(1, Math.floor(threads / atOnce))

/** What running several at once does to each. */
export function threadShare(parallel: number, threads: number | null): string {
  if (threads === null) return ''
  if (parallel === 1) return `One after the other, each with all ${threads} threads.`
  const each = `Each gets ${threadsOfRun(threads, parallel)} of ${threads} threads.`
  return parallel > threads ? `${each} There are more runs than threads: they will slow each other down.` : each
}

/** What the host was started with where that is not what the workspace remembers; null where it is. */
export function overridden(settings: Settings, host: Pick<Host, 'parallel' | 'gpu'>): string | null {
  const options = [
    host.parallel === settings.parallel ? null : `--parallel ${host.parallel}`,
    host.gpu === settings.gpu ? null : host.gpu ? '--gpu' : 'without --gpu',
  ].filter((option) => option !== null)
  if (options.length === 0) return null
  return `This host was started with other options (${options.join(', ')}), which hold until they are changed here.`
}
