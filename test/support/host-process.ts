/**
 * A host in a process of its own, to be killed: queues an experiment, looks into its runs once it is trained, and leaves.
 * `node host-process.ts WORKSPACE FAKE_TRAINER_FOLDER [COMMIT]`: with COMMIT it kills itself within that transaction of the store.
 */
import Database from 'better-sqlite3'
import { openHost } from '../../src/main/host/open/index.ts'
import { experiment, hostSettings } from '../main/host/settings.ts'

const [workspace, fakeFolder, commit] = process.argv.slice(2) as [string, string, string?]
if (commit !== undefined) killWithinCommit(Number(commit))
const host = await openHost(hostSettings(workspace, fakeFolder))
process.stdout.write('open\n')
await host.client.experiments.create(experiment({ training: { ...experiment().file.training, epochs: 6 } }))
process.stdout.write('queued\n')
await host.idle()
await host.client.analyses.ask({ kind: 'numerical-rank', runs: ['toy'] })
await host.client.analyses.ask({ kind: 'mode-connectivity', runs: ['toy'] })
process.stdout.write('asked\n')
await host.idle()
await host.close()

/** Everything of the transaction is written, nothing committed. */
function killWithinCommit(last: number): void {
  const { transaction } = Database.prototype
  let count = 0
  Database.prototype.transaction = function (this: Database.Database, body: (...parameters: never[]) => unknown) {
    return transaction.call(this, (...parameters: never[]) => {
      const answer = body(...parameters)
      if (++count === last) process.kill(process.pid, 'SIGKILL')
      return answer
    })
  } as typeof transaction
}
