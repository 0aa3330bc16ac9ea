import { targets } from './kill.ts'
import type { KillRecord, RoundRecord, SoakRecord } from './record.ts'
import { moments } from './witness.ts'

/** What a soak has found so far. */
export interface Report {
  setUp: string
  startedAt: string
  seed: number
  kills: number
  killsByTarget: Record<string, number>
  killsByMoment: Record<string, Record<string, number>>
  killsBySignals: Record<string, number>
  /** Kills that left a file half-written. */
  tornFiles: number
  rounds: number
  hours: number
  steps: number
  /** Steps that were done again, from the last checkpoint before a kill. */
  stepsRepeated: number
  secondsPerKill: number
  /** null before any work went on after a kill. */
  secondsToRecover: { median: number; percentile95: number; largest: number } | null
  mismatches: { round: number; seed: number; text: string }[]
}

export function reportOf({ setUp, startedAt, seed, kills, rounds }: SoakRecord): Report {
  const seconds = sum(rounds.map((round) => round.seconds))
  return {
    setUp,
    startedAt,
    seed,
    kills: kills.length,
    killsByTarget: countsBy(kills, ({ target }) => target),
    killsByMoment: Object.fromEntries(
      moments.map((moment) => [
        moment,
        countsBy(
          kills.filter((kill) => kill.moment === moment),
          ({ target }) => target,
        ),
      ]),
    ),
    killsBySignals: countsBy(kills, ({ signals }) => signals),
    tornFiles: kills.filter(({ torn }) => torn).length,
    rounds: rounds.filter(({ done }) => done).length,
    hours: seconds / 3600,
    steps: sum(rounds.flatMap(({ kept }) => Object.values(kept.reached))),
    stepsRepeated: sum(rounds.map(({ kept }) => kept.stepsRepeated)),
    secondsPerKill: kills.length === 0 ? 0 : seconds / kills.length,
    secondsToRecover: quantilesOf(kills.flatMap(({ secondsToRecover }) => secondsToRecover ?? [])),
    mismatches: rounds.flatMap(mismatchesOf),
  }
}

export function reportText(report: Report): string {
  const { secondsToRecover: recovery, mismatches } = report
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  const lines = [
    '# Soak',
    '',
    `${shown(report.kills)} kills in ${shown(report.rounds)} whole rounds, ${report.hours.toFixed(1)} hours, seed ${report.seed}.`,
    `Set-up: ${report.setUp}.`,
    '',
    row(['Killed while', ...targets, 'all']),
    row(['---', ...targets.map(() => '---:'), '---:']),
    ...moments.map((moment) => row([moment, ...countsOf(report.killsByMoment[moment]!)])),
    row(['all', ...countsOf(report.killsByTarget)]),
    '',
    ...Object.entries(report.killsBySignals).map(([signals, count]) => `- ${signals}: ${shown(count)} kills`),
    `- Files left half-written: ${shown(report.tornFiles)}`,
    `- Training steps: ${shown(report.steps)}; done again after a kill: ${shown(report.stepsRepeated)}`,
    `- Time for each kill (s): ${report.secondsPerKill.toFixed(1)}`,
    ...(recovery === null
      ? []
      : [
          `- Time until work went on (s): median ${recovery.median.toFixed(1)}, 95 % below ` +
            `${recovery.percentile95.toFixed(1)}, largest ${recovery.largest.toFixed(1)}`,
        ]),
    `- Mismatches: ${shown(mismatches.length)}`,
    ...mismatches.map(({ round, seed, text }) => `  - round ${round} (\`--seed ${seed}\`): ${text}`),
  ]
  return `${lines.join('\n')}\n`
}

function mismatchesOf({ number, seed, mismatches }: RoundRecord): Report['mismatches'] {
  return mismatches.map((text) => ({ round: number, seed, text }))
}

function countsOf(counts: Record<string, number>): string[] {
  return [...targets.map((target) => counts[target] ?? 0), sum(Object.values(counts))].map(shown)
}

function countsBy(kills: readonly KillRecord[], key: (kill: KillRecord) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kill of kills) counts[key(kill)] = (counts[key(kill)] ?? 0) + 1
  return counts
}

function quantilesOf(values: readonly number[]): Report['secondsToRecover'] {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return { median: at(0.5), percentile95: at(0.95), largest: sorted.at(-1)! }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const shown = (count: number) => count.toLocaleString('en-US')
