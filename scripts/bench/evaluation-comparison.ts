/** Compares all runs of a workspace twice, and prints how long it took. Run by evaluation.ts, as a process that has read nothing yet. */
import { openHost } from '../../src/main/host/index.ts'
import { compare } from '../../test/support/ask.ts'

const [workspace, name] = process.argv.slice(2) as [string, string]
const host = await openHost({ workspace, train: false, analyse: false })
for (const measure of ['comparison', 'comparison again']) {
  const began = performance.now()
  const { rows } = await compare(host.client, {})
  const seconds = Number(((performance.now() - began) / 1000).toFixed(3))
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1000)
  console.log(JSON.stringify({ measure, process: name, rows: rows.length, seconds, peakMb }))
}
await host.close()
