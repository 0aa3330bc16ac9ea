import Database from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, type TestContext } from 'vitest'
import { workspaceAt } from '../../../../../src/main/store/workspace.ts'
import { mountSmallDisk } from '../../../../support/small-disk.ts'
import { bench, experiment, refusal } from '../../support.ts'

/** Runs a test on a workspace that is a disk of its own. */
function onSmallDisk(name: string, body: (made: ReturnType<typeof bench>) => Promise<void>): void {
  test(name, async ({ skip }: TestContext) => {
    const made = bench()
    skip(!mountSmallDisk(made.workspace, 8192), 'this process may not mount a small disk')
    try {
      await body(made)
    } finally {
      execFileSync('umount', ['--lazy', made.workspace])
    }
  })
}

/** To the last byte but some kilobytes. */
function fill(workspace: string, kilobytesLeft = 0): void {
  const file = join(workspace, 'filler')
  const kept = join(workspace, 'kept')
  writeFileSync(kept, new Uint8Array(1024 * kilobytesLeft))
  for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1) {
    for (;;) {
      try {
        writeFileSync(file, new Uint8Array(bytes), { flag: 'a' })
      } catch {
        break
      }
    }
  }
  rmSync(kept)
}

onSmallDisk(
  'runs are deleted and purged on a full disk, by a host that has the workspace open',
  async ({ open, workspace }) => {
    const { client, idle } = await open()
    await client.experiments.create(experiment({ regimes: ['joint'] }))
    await idle()
    const run = await client.runs.show({ run: 'toy' })
    fill(workspace)
    await client.runs.delete({ runs: ['toy'] })
    const { freedBytes } = await client.runs.purge({ runs: ['toy'] })
    expect(freedBytes).toBeGreaterThan(0)
    expect(existsSync(dirname(run.phases[0]!.checkpoint!.file))).toBe(false)
    expect(await client.runs.list({})).toEqual([])
  },
)

onSmallDisk(
  'runs are deleted and purged on a full disk by commands, each with a host of its own',
  async ({ open, workspace }) => {
    const first = await open()
    await first.client.experiments.create(experiment({ regimes: ['joint'] }))
    await first.idle()
    await first.close()
    expect(statSync(join(workspace, 'reserve')).size).toBe(4 * 2 ** 20)
    fill(workspace)
    for (const change of ['delete', 'purge'] as const) {
      const host = await open({ train: false, analyse: false })
      await host.client.runs[change]({ runs: ['toy'] })
      await host.close()
    }
    rmSync(join(workspace, 'filler'))
    expect(await (await open()).client.runs.list({})).toEqual([])
    expect(existsSync(join(workspace, 'reserve'))).toBe(true)
  },
)

onSmallDisk(
  'a host that trains opens on a full disk, trains nothing, and goes on once runs are deleted',
  async ({ open, workspace, journal }) => {
    const first = await open()
    await first.client.experiments.create(experiment({ regimes: ['joint'] }))
    await first.idle()
    await first.close()
    const resting = await open({ train: false, analyse: false })
    await resting.client.experiments.create(experiment({ regimes: ['joint'], seeds: [2], name: 'waiting' }))
    await resting.close()
    fill(workspace)
    const trained = journal().length
    const { client, idle } = await open()
    const full = {
      code: 'disk',
      message: expect.stringMatching(/disk is full.*by `exitlab delete` and `exitlab purge`/) as string,
    }
    await expect(idle()).rejects.toMatchObject(full)
    expect(await client.runs.list({})).toMatchObject([{ status: 'done' }, { status: 'queued' }])
    expect(await refusal(client.experiments.create(experiment({ regimes: ['joint'], seeds: [3] })))).toMatchObject(full)
    expect(journal()).toHaveLength(trained)
    await client.runs.delete({ runs: ['toy'] })
    await client.runs.purge({ runs: ['toy'] })
    truncateSync(join(workspace, 'filler'), 1024)
    await client.runs.pause({ runs: ['waiting'] })
    await client.runs.resume({ runs: ['waiting'] })
    await idle()
    expect(await client.runs.list({})).toMatchObject([{ experiment: 'waiting', status: 'done' }])
    expect(existsSync(join(workspace, 'reserve'))).toBe(true)
  },
)

/** The store as a host leaves it that is killed while it works, with a setting that no longer reads as one. */
function leaveInterrupted(workspace: string): void {
  const database = new Database(workspaceAt(workspace).database)
  database.exec(`UPDATE runs SET status = 'running'; UPDATE phases SET status = 'running';
    INSERT OR REPLACE INTO settings (name, value) VALUES ('parallel', 'two')`)
  database.close()
}

onSmallDisk(
  'runs are deleted on a full disk after a host was killed, at whatever moment of the next start the space ends',
  async ({ open, workspace }) => {
    const first = await open()
    await first.client.experiments.create(experiment({ regimes: ['joint'] }))
    await first.idle()
    await first.close()
    for (let left = 0; left <= 160; left += 8) {
      leaveInterrupted(workspace)
      fill(workspace, left)
      const host = await open({ train: false, analyse: false })
      expect(await host.client.runs.list({}), `${left} kB left`).toMatchObject([{ status: 'queued' }])
      await host.client.runs.delete({ runs: ['toy'] })
      await host.close()
      rmSync(join(workspace, 'filler'))
      const roomy = await open({ train: false, analyse: false })
      await roomy.client.runs.restore({ runs: ['toy'] })
      await roomy.close()
    }
  },
)
