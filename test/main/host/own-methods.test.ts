import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import readingExtension from '../../../examples/extensions/reading.ts'
import ruleExtension from '../../../examples/extensions/rule.ts'
import { exitRules } from '../../../src/engine/exits/index.ts'
import { announceExtensions } from '../../../src/main/extensions/launch.ts'
import { readings } from '../../../src/readings/index.ts'

const origin = { extension: 'mine', file: '/mine.ts', sha256: 'f'.repeat(64) }
readings.register('exit-agreement', readingExtension.readings!['exit-agreement']!, origin)
exitRules.register('class-margin', ruleExtension.exitRules!['class-margin']!, origin)

// What knows the registries is loaded once everything is registered.
const { connectToHost } = await import('../../../src/main/host/api/socket/client.ts')
const { findRunningHost } = await import('../../../src/main/host/api/socket/running-host.ts')
const { openWeb } = await import('../../../src/main/host/api/web/server.ts')
const { openWorkbench } = await import('../../../src/main/host/open/workbench.ts')
const { patienceMilliseconds } = await import('../../support/patience.ts')
const { bench, experiment, hostSettings, refusal, until, untilStatus } = await import('./support.ts')
const { webClient, writePage } = await import('./api/web/support.ts')

/** A workspace with a trained run that a process has open which lacks the methods of this one. */
async function heldByOther() {
  const opened = bench()
  const first = await opened.open()
  const { runs } = await first.client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(first.client, runs[0]!.id, 'done')
  await first.close()
  const entry = fileURLToPath(new URL('../../support/workbench-process.ts', import.meta.url))
  const args = ['--disable-warning=ExperimentalWarning', entry, opened.workspace, opened.fakeFolder]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const place = await until(() => findRunningHost(opened.workspace))
  const direct = (await connectToHost(place, patienceMilliseconds))!
  onTestFinished(() => direct.close())
  return { ...opened, direct: direct.client }
}

/** A page of a workbench of this process, which has loaded the extension. */
async function pageOf({ workspace, fakeFolder }: { workspace: string; fakeFolder: string }) {
  announceExtensions([{ ...origin, archive: '/mine.json' }])
  onTestFinished(() => announceExtensions([]))
  let web: Awaited<ReturnType<typeof openWeb>>
  const opened = await openWorkbench({
    ...hostSettings(workspace, fakeFolder),
    ways: [
      async (served) => (web = await openWeb(served, { host: '127.0.0.1', port: 0, public: false, page: writePage() })),
    ],
  })
  onTestFinished(() => opened.close())
  return (await webClient(web!)).client
}

test('a page of an attached workbench has readings and exit rules that the host has not loaded', async () => {
  const { direct, ...place } = await heldByOther()
  const client = await pageOf(place)
  expect(await client.system.info()).toMatchObject({ attached: process.pid })
  const asked = { reading: 'exit-agreement', question: { runs: ['toy'] } }
  expect((await refusal(direct.readings.ask(asked))).message).toContain('exit-agreement')
  expect(await client.readings.ask(asked)).toMatchObject([{ series: 'joint' }])
  const csv = await client.exports.table({ table: asked, format: 'csv' })
  expect(await csv.bytes.text()).toMatch(/^series,exit,other,share\n/)
  expect((await client.readings.kinds()).filter(({ name }) => name === 'exit-agreement')).toHaveLength(1)
  const rules = await client.evaluations.rules({ exits: 2 })
  expect(rules.map(({ name }) => name)).toContain('class-margin')
  const budgets = { reading: 'budgets', question: { runs: ['toy'], rule: 'class-margin' } }
  expect((await refusal(direct.readings.ask(budgets))).message).toContain('class-margin')
  expect(await client.readings.ask(budgets)).toBeTruthy()
  const { methods } = await client.system.extensions()
  expect(methods.filter(({ name }) => name === 'class-margin')).toEqual([
    { kind: 'rule', name: 'class-margin', origin },
  ])
  expect(await client.readings.ask({ ...budgets, question: { runs: ['toy'] } })).toEqual(
    await direct.readings.ask({ ...budgets, question: { runs: ['toy'] } }),
  )
})
