import { initialSlurm } from '../../../src/shared/phases/slurm-settings.ts'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { migrations } from '../../../src/main/store/migrations/index.ts'
import { openStore } from '../../../src/main/store/open.ts'
import { phaseIdentity } from '../../../src/contract/experiment/identity.ts'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import { definition, file, network, temporaryFolder } from './support.ts'

/** A store as version 1 left it: a run of two phases, the second in its third epoch, and one that has not begun. */
function firstVersion(): string {
  const folder = temporaryFolder()
  const raw = new Database(workspaceAt(folder).database)
  raw.exec(migrations[0]!)
  raw.pragma(`application_id = ${0x45784c62}`)
  raw.pragma('user_version = 1')
  raw
    .prepare(`INSERT INTO experiments VALUES ('e1', 'toy', ?, NULL, '/data', ?, '{"backboneMacs":1,"exits":[]}', 1)`)
    .run(JSON.stringify({ ...file, probes: undefined }), JSON.stringify(network))
  const phase = raw.prepare(
    `INSERT INTO phases (id, identity, network_kind, epochs, created_at) VALUES (?, ?, 'multi-exit', ?, 1)`,
  )
  for (const [id, epochs] of Object.entries({ p1: 2, p2: 3, p3: 0 }))
    phase.run(id, JSON.stringify(phaseIdentity(definition(1))), epochs)
  raw.exec(`
    INSERT INTO runs (id, name, experiment_id, regime, seed, position, created_at)
      VALUES ('a1', 'toy-joint-a1', 'e1', 'joint', 1, 1, 1), ('b2', 'toy-joint-b2', 'e1', 'joint', 2, 2, 1);
    INSERT INTO run_phases VALUES ('a1', 0, 'p1', 'one'), ('a1', 1, 'p2', 'two'), ('b2', 0, 'p3', 'one');
    INSERT INTO epochs SELECT 'p2', value, 0.001, 100 * value, 2.5, 7, 1, 0 FROM json_each('[1, 2, 3]');
    INSERT INTO epoch_metrics (phase_id, epoch, split, exit, loss, accuracy)
      SELECT 'p2', epoch.value, split.value, exit.value, epoch.value + 0.5, epoch.value / 10.0 + exit.value / 100.0
      FROM json_each('[1, 2, 3]') AS epoch, json_each('["train", "validation"]') AS split, json_each('[1, 0]') AS exit;
  `)
  raw.close()
  return folder
}

/** A store as a version left it, with a setting. */
function withSetting(version: number, name: string, value: string): string {
  const folder = temporaryFolder()
  const raw = new Database(workspaceAt(folder).database)
  for (const step of migrations.slice(0, version)) raw.exec(step)
  raw.pragma(`application_id = ${0x45784c62}`)
  raw.pragma(`user_version = ${version}`)
  raw.prepare('INSERT INTO settings VALUES (?, ?)').run(name, value)
  raw.close()
  return folder
}

test.each([
  ['true', 'cuda'],
  ['false', 'cpu'],
])('a store whose setting gpu was %s trains on %s', (value, device) => {
  const store = openStore(withSetting(17, 'gpu', value))
  onTestFinished(() => store.close())
  expect(store.settings.get().device).toBe(device)
})

test.each([
  [JSON.stringify({ ...initialSlurm, depot: '/nfs/“depot”', cpus: 4 }), { depot: '/nfs/“depot”', cpus: 4 }],
  [JSON.stringify({ ...initialSlurm, depot: null }), { depot: null, cpus: 2 }],
  ['{"depot":', { depot: null, cpus: 2 }],
])('the depot of Slurm, %s, becomes that of the workspace', (value, { depot, cpus }) => {
  const store = openStore(withSetting(18, 'slurm', value))
  onTestFinished(() => store.close())
  expect(store.settings.get()).toMatchObject({ depot, slurm: { cpus } })
})

describe('a store of version 1', () => {
  it('keeps all metrics and learns the last epoch of each phase', () => {
    const store = openStore(firstVersion())
    onTestFinished(() => store.close())
    expect(store.integrityProblems()).toEqual([])
    const [first, second] = store.summaries.all()
    expect(first!.latest).toEqual({
      epoch: 5,
      exits: [
        { exit: 0, value: 0.3 },
        { exit: 'final', value: 0.31 },
      ],
      imagesPerSecond: 300,
    })
    expect(second!.latest).toBeNull()
    const metrics = store.epochs.metricsAfter('p2', 0)
    expect(metrics).toHaveLength(12)
    expect(metrics[0]).toEqual({ epoch: 1, split: 'train', exit: 0, values: { loss: 1.5, accuracy: 0.1 } })
    expect([...store.epochs.curve('p2', { metric: 'loss', split: 'validation', exit: 'final' })]).toEqual([
      1, 1.5, 2, 2.5, 3, 3.5,
    ])
  })

  it('keeps what each phase is, under the name that its first run gave it', () => {
    const raw = firstVersion()
    const store = openStore(raw)
    onTestFinished(() => store.close())
    const { phase, ...rest } = definition(1)
    expect(store.phases.get('p2')!.definition).toEqual({ ...rest, phase: { ...phase, name: 'two' } })
  })

  it('has gradient dominance measured from now on as new experiments do', () => {
    const store = openStore(firstVersion())
    onTestFinished(() => store.close())
    expect(store.experiments.get('e1')!.file).toEqual(file)
    expect(store.dominance.after('p2', 0)).toEqual([])
  })
})
