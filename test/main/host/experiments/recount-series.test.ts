import Database from 'better-sqlite3'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { costs as costsOf } from '../../../../src/engine/cost/ledger.ts'
import { networkSpec } from '../../../../src/engine/networks/families.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import type { Costs } from '../../../../src/shared/runs/runs.ts'
import { workspaceAt } from '../../../../src/main/store/workspace.ts'
import { onnxPath } from '../../../support/onnx-fixtures.ts'
import { bench, experiment, temporaryFolder, untilStatus } from '../support.ts'

interface Row {
  network: string
  costs: string
  counting: number
}

/** The one series of a workspace that is closed, and what is asked of it. */
function row(workspace: string, statement = 'SELECT * FROM series', values: readonly string[] = []): Row {
  const database = new Database(workspaceAt(workspace).database)
  try {
    return database.prepare<unknown[], Row>(statement).get(...values)!
  } finally {
    database.close()
  }
}

/** A workspace with a run of a network of a file, whose costs an earlier version counted. */
async function earlier() {
  const lab = bench()
  const file = join(temporaryFolder(), 'own.onnx')
  copyFileSync(onnxPath('convnext'), file)
  const { client, close } = await lab.open()
  const given = experiment({ network: { family: 'onnx', file, exits: 'all' }, regimes: ['joint'] } as never)
  const { runs } = await client.experiments.create({ ...given, source: null })
  const run = runs[0]!.id
  await untilStatus(client, run, 'done')
  const { costs } = await client.runs.show({ run })
  await close()
  const { network } = row(lab.workspace)
  const { backbone, exits } = costsOf(createNetwork(networkSpec.parse(JSON.parse(network)), 1))
  const former: Costs = {
    backboneMacs: backbone,
    exits: costs.exits.map((exit, index) => ({ ...exit, macs: exits[index]!, fraction: exits[index]! / backbone })),
  }
  row(lab.workspace, 'UPDATE series SET counting = 1, costs = ? RETURNING *', [JSON.stringify(former)])
  return { lab, run, costs, former, network }
}

test('costs of series that an earlier version counted are counted anew when a workspace is opened', async () => {
  const { lab, run, costs, former } = await earlier()
  expect(former).not.toEqual(costs)
  const { client, close } = await lab.open()
  expect((await client.runs.show({ run })).costs).toEqual(costs)
  await close()
  const { counting, costs: kept } = row(lab.workspace)
  expect([counting, JSON.parse(kept)]).toEqual([2, costs])
})

test('a series whose network cannot be built keeps its costs, which the log says', async () => {
  const { lab, former, network } = await earlier()
  const damaged = JSON.stringify({ ...(JSON.parse(network) as object), packed: 'no graph' })
  row(lab.workspace, 'UPDATE series SET network = ? RETURNING *', [damaged])
  await lab.open()
  const logged = row(lab.workspace, 'SELECT group_concat(message) AS network FROM log_lines').network
  expect(logged).toMatch(/The network of the series joint cannot be built, so its costs stay/)
  expect(row(lab.workspace)).toMatchObject({ counting: 1, costs: JSON.stringify(former) })
})
