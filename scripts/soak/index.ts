/**
 * `npm run soak -- --kills 1000`: trains and analyses small experiments with the real host and trainer, kills either at
 * random moments until so many kills are reached, and compares what comes of it with an uninterrupted run, byte for byte.
 * Hours of work, all of it kept in `--folder`: the same command goes on where an interrupted soak was. Writes report.json
 * and report.md there. Exit code 1 where anything differs or was lost.
 */
import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { scriptArguments } from '../arguments.ts'
import { acquireHostLock } from '../../src/main/store/lock.ts'
import { workspaceAt } from '../../src/main/store/workspace.ts'
import type { Life } from './life.ts'
import { wholePlan } from './plan.ts'
import { replaceFile, type SoakRecord } from './record.ts'
import { reportOf, reportText } from './report.ts'
import { setUpOf } from './set-up.ts'
import { soak } from './soak.ts'

const { values: options } = scriptArguments({
  options: {
    kills: { type: 'string', default: '100' },
    folder: { type: 'string', default: 'results/soak' },
    seed: { type: 'string' },
  },
})
const folder = resolve(options.folder)
const kills = wholeNumber('kills', options.kills)
const seed = options.seed === undefined ? randomInt(2 ** 31) : wholeNumber('seed', options.seed)
let life: Life | null = null

mkdirSync(folder, { recursive: true })
// Two soaks in one folder would take each other's kills for faults.
const lock = acquireHostLock(workspaceAt(folder), Date.now)
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    life?.end()
    lock.release()
    process.stdout.write(`\nThe soak stops. It goes on with the same command.\n`)
    process.exit(code)
  })
}
const record = await soak({
  folder,
  plan: wholePlan(folder),
  kills,
  seed,
  setUp: setUpOf(),
  progress: tell,
  began: (each) => (life = each),
})
const report = writeReport(record)
lock.release()
process.stdout.write(`\n${reportText(report)}`)
process.exitCode = report.mismatches.length > 0 ? 1 : 0

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new Error(`--${name} takes a whole number, not ${text}`)
}

function writeReport(record: SoakRecord) {
  const report = reportOf(record)
  replaceFile(join(folder, 'report.json'), JSON.stringify(report, null, 2))
  replaceFile(join(folder, 'report.md'), reportText(report))
  return report
}

/** One line, written over where somebody looks at it, else now and then. */
function tell(record: SoakRecord): void {
  const { rounds, mismatches, secondsPerKill } = writeReport(record)
  const count = record.kills.length
  const line =
    `seed ${record.seed}: ${count} of ${kills} kills, ${rounds} rounds done, ` +
    `${secondsPerKill.toFixed(1)} s a kill, ${mismatches.length} mismatches`
  if (process.stdout.isTTY) process.stdout.write(`\r${line}\x1b[K`)
  else if (count % 10 === 0) process.stdout.write(`${line}\n`)
}
