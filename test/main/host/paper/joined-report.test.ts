import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { paperReport, type PaperReport } from '../../../../src/shared/paper/paper-report.ts'
import { temporaryFolder } from '../support.ts'
import { paperBench } from './support.ts'

type Client = Awaited<ReturnType<typeof paperBench>>['client']

const everything = { scale: 'desk' as const, items: [] }

/** The report of a workspace, in a folder. */
async function written(client: Client, change: (report: object) => object = (report) => report): Promise<string> {
  const folder = temporaryFolder()
  for (const { path, bytes } of await client.paper.files(everything)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    const whole = Buffer.from(await bytes.arrayBuffer())
    writeFileSync(
      join(folder, path),
      path === 'report.json' ? JSON.stringify(change(JSON.parse(String(whole)))) : whole,
    )
  }
  return folder
}

/** What a workspace says when some items are trained in it. */
async function trained(...items: string[]) {
  const { client, host } = await paperBench()
  await client.paper.start({ scale: 'desk', items })
  await host.idle()
  return { client, report: await client.paper.report(everything) }
}

async function joined(client: Client, folders: string[]) {
  const files = await client.paper.join({ folders })
  const text = await files.find(({ path }) => path === 'report.json')!.bytes.text()
  return { paths: files.map(({ path }) => path), report: paperReport.parse(JSON.parse(text)) }
}

test('one report of two has the tables, figures, claims and times of both', async () => {
  const [nine, wide, both] = [
    await trained('table-11'),
    await trained('table-12'),
    await trained('table-11', 'table-12'),
  ]
  const folders = [await written(nine.client), await written(wide.client)]
  const { report, paths } = await joined(nine.client, folders)
  const { report: whole } = both
  const withoutPhases = (tables: typeof whole.tables) =>
    tables.map(({ rows, ...table }) => ({
      ...table,
      rows: rows.map(({ ownSeeds, ...row }) => ({
        ...row,
        ownSeeds: ownSeeds.map(({ seed, values }) => [seed, values]),
      })),
    }))
  expect(withoutPhases(report.tables)).toEqual(withoutPhases(whole.tables))
  expect(report.claims).toEqual(whole.claims)
  expect(report.claimsHash).toBe(whole.claimsHash)
  expect(report.figures).toEqual(whole.figures)
  expect(report.status.items.map(({ id, state, runs }) => [id, state, runs])).toEqual(
    whole.status.items.map(({ id, state, runs }) => [id, state, runs]),
  )
  expect(report.status.total.runs).toEqual(whole.status.total.runs)
  expect(report.status.total.phases).toEqual(whole.status.total.phases)
  expect(report.checklist).toEqual(whole.checklist)
  expect(report.environment.phases).toBe(whole.environment.phases)
  const seconds = [nine, wide].map((each) => each.report.environment.trainedSeconds)
  expect(report.environment.trainedSeconds).toBeCloseTo(seconds[0]! + seconds[1]!, 9)
  expect(paths).toContain('figures/figure-1.svg')
  expect(paths).toContain('figures/figure-10.pdf')
})

test('when the first of all runs began is that of the earliest report, also of one that does not say it', async () => {
  const { client, report } = await trained('table-11')
  const { by } = report.testRule.firstRun!
  expect(report.testRule.firstRun!.isRecorded).toBe(true)
  const later = await written(client, (own) => ({
    ...own,
    testRule: { since: 0, firstRun: { by: by + 1, isRecorded: true } },
  }))
  expect((await joined(client, [later, await written(client)])).report.testRule).toEqual(report.testRule)
  // Of an earlier version: it had runs when it was written.
  const undated = (createdAt: number) =>
    written(client, (own) => ({ ...own, createdAt, testRule: undefined, claims: undefined }))
  const { report: early } = await joined(client, [await written(client), await undated(1000)])
  expect(early.testRule.firstRun).toEqual({ by: 1000, isRecorded: false })
  const { client: other } = await paperBench()
  const nothing = await written(other, (own) => ({ ...own, testRule: undefined }))
  expect((await joined(other, [nothing])).report.testRule.firstRun).toBeNull()
})

test('what two reports have both counts once', async () => {
  const { client, report: own } = await trained('table-11')
  const { report } = await joined(client, [await written(client), await written(client)])
  expect(report.status.total).toMatchObject({ runs: own.status.total.runs, phases: own.status.total.phases })
  expect(report.environment.phases).toBe(own.environment.phases)
  expect(report.environment.trainedSeconds).toBeCloseTo(own.environment.trainedSeconds, 9)
})

test('rows of a table are joined by what they are of, in whichever order a report has them', async () => {
  const { client, report: own } = await trained('table-11')
  const turned = await written(client, (report) => ({
    ...report,
    tables: (report as PaperReport).tables.map((table) => ({ ...table, rows: table.rows.toReversed() })),
  }))
  const { client: other } = await paperBench()
  const { report } = await joined(other, [await written(other), turned])
  const rowsOf = ({ tables }: PaperReport) => tables.find(({ id }) => id === 'table-11')!.rows
  expect(rowsOf(report)).toEqual(rowsOf(own))
})

test('an item is done where each of its experiments is done in one of the reports', async () => {
  const { client } = await trained('table-15')
  const heads = await written(client, (report) => ({ ...report, status: withHeads((report as PaperReport).status) }))
  const stateIn = async (folders: string[]) => {
    const { report } = await joined(client, folders)
    return report.status.items.find(({ id }) => id === 'table-6')!
  }
  expect(await stateIn([await written(client)])).toMatchObject({ state: 'partial', runs: { all: 24, done: 15 } })
  expect(await stateIn([await written(client), heads])).toMatchObject({ state: 'done', runs: { all: 24, done: 24 } })
})

/** The other workspace has trained the other sizes of heads. */
const withHeads = (status: PaperReport['status']): PaperReport['status'] => ({
  ...status,
  experiments: status.experiments.map((each) =>
    each.file === 'vit-t-tinyimagenet-heads' ? { ...each, state: 'done', runs: { done: 9 } } : each,
  ),
})

test('reports of other claims or of another scale are not joined, and say which they are', async () => {
  const { client } = await paperBench()
  const own = await written(client)
  const otherClaims = await written(client, (report) => ({ ...report, claimsHash: 'f'.repeat(64) }))
  const otherScale = await written(client, (report) => ({ ...report, scale: 'paper' }))
  await expect(client.paper.join({ folders: [own, otherClaims] })).rejects.toThrow(
    `${otherClaims} and ${own} were written with different files of claims.`,
  )
  await expect(client.paper.join({ folders: [otherClaims] })).rejects.toThrow(
    `${otherClaims} was written with other claims than this version has.`,
  )
  await expect(client.paper.join({ folders: [own, otherScale] })).rejects.toThrow(
    `${otherScale} is of the scale paper, ${own} of desk.`,
  )
})

test('a folder without a report is refused with its path and what is wrong', async () => {
  const { client } = await paperBench()
  const [empty, damaged] = [temporaryFolder(), await written(client, () => ({ scale: 'desk' }))]
  await expect(client.paper.join({ folders: [empty] })).rejects.toThrow(
    `${empty} is no report of the paper as this version writes it: it has no report.json that can be read.`,
  )
  await expect(client.paper.join({ folders: [damaged] })).rejects.toThrow('its report.json differs at createdAt')
})
