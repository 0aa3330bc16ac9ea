/** Compares all runs of a workspace twice, and prints how long it took. Run by evaluation.ts, as a process that has read nothing yet. */
import { openHost } from '../../src/main/host/open/index.ts'
import { compare } from '../../test/support/ask.ts'
import { peakMemoryMb, report, timed } from './measure.ts'

const [workspace, name] = process.argv.slice(2) as [string, string]
const host = await openHost({ workspace, train: false, analyse: false })
for (const measure of ['comparison', 'comparison again']) {
  const { answer, seconds } = await timed(() => compare(host.client, {}))
  const { length: rows } = answer.rows
  report({ measure, process: name, rows, seconds: Number(seconds.toFixed(3)), peakMb: peakMemoryMb() })
}
await host.close()
