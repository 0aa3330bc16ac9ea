/**
 * A host of a version of Exitlab that has more methods than this one: in a workspace it trains an experiment with each of them, named
 * after the kind of the method, and queues `KIND-waiting` with it. `node other-version/host.ts WORKSPACE FAKE_TRAINER_FOLDER`
 */
import Database from 'better-sqlite3'
import { fileURLToPath } from 'node:url'
import type { NetworkChoice } from '../../../src/shared/network/network.ts'
import './methods.ts'

const { openHost } = await import('../../../src/main/host/open/index.ts')
const { workspaceAt } = await import('../../../src/main/store/workspace.ts')
const { experiment, hostSettings } = await import('../../main/host/settings.ts')

const [workspace, fakeFolder] = process.argv.slice(2) as [string, string]
const { file, folder } = experiment({ regimes: ['joint'] })
const training = { ...file.training, epochs: 1 }
const experiments = {
  family: { network: { family: 'two-scale', depth: 3, growth: 2, head: 'pooled' } as NetworkChoice },
  head: { network: { ...file.network, head: 'two-tower', towerDim: 16 } },
  weighting: { objective: { weighting: 'by-depth', parameters: { last: 3, rampEpochs: 2 } } },
  dataset: { data: { ...file.data, source: 'stripes' } },
  regime: { seeds: [5] },
  known: { seeds: [6] },
}

const settings = hostSettings(workspace, fakeFolder)
const entry = fileURLToPath(new URL('trainer.ts', import.meta.url))
const own = {
  ...settings,
  trainer: (place: Parameters<NonNullable<typeof settings.trainer>>[0]) => ({ ...settings.trainer!(place), entry }),
}

const host = await openHost(own)
for (const [name, changes] of Object.entries(experiments))
  await host.client.experiments.create({ file: { ...file, training, name, ...changes }, folder })
await host.idle()
await host.client.analyses.ask({ kind: 'numerical-rank', runs: ['known'] })
await host.idle()
await host.close()
const resting = await openHost({ ...own, train: false, analyse: false })
for (const [name, changes] of Object.entries(experiments))
  await resting.client.experiments.create({
    file: { ...file, training, name: `${name}-waiting`, ...changes, seeds: [9] },
    folder,
  })
await resting.close()

// Regimes cannot be registered, and analyses of a name that is not known are no others.
const database = new Database(workspaceAt(workspace).database)
database.exec(`
  UPDATE series SET regime = 'freeze-thaw', name = 'freeze-thaw'
    WHERE experiment_id IN (SELECT id FROM experiments WHERE name LIKE 'regime%');
  UPDATE experiments SET file = json_set(file, '$.regimes', json('["freeze-thaw"]')) WHERE name LIKE 'regime%';
  UPDATE runs SET name = replace(name, 'joint', 'freeze-thaw') WHERE name LIKE 'regime%';
  UPDATE analyses SET kind = 'weight-norms';`)
database.close()
