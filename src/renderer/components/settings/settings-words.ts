import type { HostClient } from '../../../contract/index.ts'
import { executorWords } from '../../../shared/phases/executor.ts'
import { count, plural } from '../../../shared/format/numbers.ts'
import type { Parallel } from '../../../shared/phases/parallel.ts'
import type { Finding, Settings, SystemInfo } from '../../../contract/system.ts'

type Found = Awaited<ReturnType<HostClient['system']['checkData']>>

/** What a check found, in words. Which samples are held back for validation follows the defaults. */
export function checkWords({ counts, classes, shape, fingerprint }: Found) {
  const { train, validation, test } = counts
  const noun = shape === null ? 'texts' : 'images'
  return {
    samples: `${count(train)} training, ${count(validation)} validation and ${count(test)} test ${noun}`,
    shape: [
      ...(shape ? [`${shape.height} × ${shape.width} × ${shape.channels}`] : []),
      `${count(classes)} classes`,
    ].join(', '),
    fingerprint: fingerprint.slice(0, 12),
  }
}

const marks = { ok: '✓', warning: '!', error: '✗' } as const satisfies Record<Finding['status'], string>

/** The findings as `exitlab doctor` prints them, for a message to somebody else. */
export function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(0, ...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, status, detail, remedy }) => [
    `${marks[status]} ${check.padEnd(width)}  ${detail}`,
    ...(remedy === null ? [] : [`  ${' '.repeat(width)}  → ${remedy}`]),
  ])
  return `${lines.join('\n')}\n`
}

/** `8 checks, all fine`, or how many are not. */
export function findingsSummary(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  const [wrong, warnings] = [count('error'), count('warning')]
  const all = plural(findings.length, 'check')
  if (wrong + warnings === 0) return `${all}, all fine`
  const parts = [...(wrong > 0 ? [`${wrong} wrong`] : []), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])]
  return `${all}: ${parts.join(', ')}`
}

type Host = NonNullable<SystemInfo['host']>

/** Threads that each of several runs at once gets. */
const threadsOfRun = (threads: number, atOnce: number): number => Math.max(1, Math.floor(threads / atOnce))

/** Threads of a run; those of the trainer, where one has been started. */
export function threadsWords(ofTrainer: number | null, threads: number, atOnce: Parallel): string {
  if (ofTrainer !== null) return count(ofTrainer)
  return atOnce === 'auto' ? 'by the number of runs' : count(threadsOfRun(threads, atOnce))
}

/** What running several at once does to each. */
export function threadShare(parallel: Parallel, threads: number | null): string {
  if (parallel === 'auto') return 'As many as processors and memory allow, which share the threads.'
  if (threads === null) return ''
  if (parallel === 1) return threads === 1 ? 'One at a time.' : `One at a time, with all ${threads} threads.`
  const each = `Each gets ${threadsOfRun(threads, parallel)} of ${plural(threads, 'thread')}.`
  return parallel > threads ? `${each} More runs than threads: they slow each other down.` : each
}

/** What follows from the executor of the workspace and that of its host; null where nothing does. */
export function executorNote(
  { executor, depot }: Pick<Settings, 'executor' | 'depot'>,
  host: Pick<Host, 'executor'> | null,
): string | null {
  if (host !== null && host.executor !== executor) {
    return `This host still trains ${executorWords[host.executor].trains}: what is chosen here applies when the workspace is opened again.`
  }
  return executor !== 'local' && depot === null ? 'A depot is needed: runs wait until one is set.' : null
}

/** That the host was started with another value of a setting than the workspace remembers; null where it was not. */
export function overridden(
  name: 'parallel' | 'device',
  settings: Pick<Settings, typeof name>,
  host: Pick<Host, typeof name>,
): string | null {
  if (host[name] === settings[name]) return null
  return `This host was started with --${name} ${host[name]}, which applies until it is changed here.`
}
