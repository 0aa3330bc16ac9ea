/** Takes a folder, says so, and holds it until it is killed: `node claim-process.ts FOLDER`. */
import { claim } from '../../src/main/execution/depot/owner.ts'

const [folder] = process.argv.slice(2) as [string]
try {
  await claim(folder, { what: 'The phase', job: null, expiryMilliseconds: 600_000 })
  process.stdout.write('taken\n')
  setInterval(() => {}, 60_000)
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`)
}
