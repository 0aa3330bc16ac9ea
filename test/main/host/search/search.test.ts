import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { SearchDetail } from '../../../../src/contract/searches.ts'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { writeScript } from '../../../support/fake-trainer/script.ts'
import { bench, refusal, until } from '../support.ts'
import { searched } from './searched.ts'

async function started(
  client: HostClient,
  input: Parameters<HostClient['searches']['start']>[0] = searched(),
): Promise<string> {
  return (await client.searches.start(input)).search
}

const untilDone = (client: HostClient, search: string): Promise<SearchDetail> =>
  until(async () => {
    const found = await client.searches.show({ search })
    if (found.status === 'failed') throw new Error(found.error!)
    return found.status === 'done' && found
  })

/** What a search decided, without times and ids of runs. */
const decided = ({ decisions, ranking, winner, ladder }: SearchDetail) => ({
  decisions: decisions.map(({ sentence }) => sentence),
  ranking,
  winner,
  rungs: ladder.map(({ experiment: name, entries, plannedSeconds }) => ({
    name,
    plannedSeconds,
    entries: entries.map(({ runs: _, ...entry }) => entry),
  })),
})

describe('a search', () => {
  test('trains ever fewer candidates for ever longer, as ordinary runs', async () => {
    const { client } = await bench().open()
    const found = await untilDone(client, await started(client, searched({}, { epochs: 9 })))
    expect(found.ladder.map(({ state, epochs, seeds }) => [state, epochs, seeds])).toEqual([
      ['done', 1, 1],
      ['done', 3, 1],
      ['done', 9, 2],
    ])
    const [first, second, last] = found.ladder
    expect(first!.entries).toHaveLength(4)
    expect(second!.entries.length).toBeGreaterThanOrEqual(2)
    const goOn = first!.entries.filter(({ outcome }) => outcome === 'goes-on' || outcome === 'within')
    expect(new Set(goOn.map(({ candidate }) => candidate))).toEqual(
      new Set(second!.entries.map(({ candidate }) => candidate)),
    )
    expect(last!.experiment).toBe('toy')
    // Every training is a run: of its rung's experiment, or of the file's.
    const runs = await client.runs.list({})
    const names = ['toy-rung-1', 'toy-rung-2', 'toy']
    expect(names.map((name) => runs.filter((run) => run.experiment === name).length)).toEqual(
      [first, second, last].map((rung) => rung!.entries.length * rung!.seeds),
    )
    expect(runs.every(({ status }) => status === 'done')).toBe(true)
  })

  test('ranks on validation samples as `best` does, and reads test samples in the last rung alone', async () => {
    const { client } = await bench().open()
    const found = await untilDone(client, await started(client))
    const [first, ...others] = found.ladder
    expect(first!.entries.every((entry) => entry.test === null)).toBe(true)
    const last = others.at(-1)!
    const runs = last.entries.flatMap((entry) => entry.runs)
    const best = (await client.readings.ask({ reading: 'best', question: { runs, budgets: [1.2] } })) as {
      atBudgets: { ranking: { series: string; validation: { mean: number }; test: { mean: number } }[] }[]
    }
    const [row] = best.atBudgets[0]!.ranking
    const winner = last.entries[0]!
    expect(winner.score!.mean).toBeCloseTo(row!.validation.mean, 10)
    expect(winner.test!.mean).toBeCloseTo(row!.test.mean, 10)
    expect(found.winner!.candidate).toBe(winner.candidate)
    expect(found.ranking[0]).toMatchObject({ candidate: winner.candidate, rung: 2, score: { n: 2 } })
    expect(found.ranking.map(({ candidate }) => candidate).toSorted()).toEqual([0, 1, 2, 3])
  })

  test('has the test value of the best of a sweep alone until test values are opened', async () => {
    const { client } = await bench().open()
    const sweep = { 'training.learningRate': [0.001, 0.002, 0.003, 0.004, 0.005, 0.006, 0.007] }
    const search = await started(client, searched({ regimes: ['joint'], sweep }))
    const { ladder, ranking } = await untilDone(client, search)
    const last = ladder.at(-1)!.entries
    expect(last.length).toBeGreaterThan(1)
    for (const entries of [last, ranking]) expect(entries.filter(({ test: value }) => value !== null)).toEqual([entries[0]]) // prettier-ignore
    await client.evaluations.openTest({ runs: ['toy'] })
    const open = await client.searches.show({ search })
    expect(open.ladder.at(-1)!.entries.every(({ test: value }) => value !== null)).toBe(true)
    expect(open.ranking.filter(({ test: value }) => value !== null)).toHaveLength(last.length)
  })

  test('says what candidates of a rung scored as soon as they are trained, and decides nothing before its end', async () => {
    const { client } = await bench({ stepMilliseconds: 5 }).open()
    const search = await started(client)
    const soFar = await until(async () => {
      const { ladder, winner } = await client.searches.show({ search })
      expect(ladder[0]!.state === 'running' && winner).toBeFalsy()
      const { entries, state } = ladder[0]!
      const scored = entries.filter(({ score }) => score !== null)
      return state === 'running' && scored.length > 0 && scored.length < entries.length && scored
    })
    expect(soFar.every(({ outcome, test }) => outcome === 'scored' && test === null)).toBe(true)
    const { entries } = (await untilDone(client, search)).ladder[0]!
    for (const { candidate, score } of soFar)
      expect(entries.find((entry) => entry.candidate === candidate)!.score).toEqual(score)
  })

  test('gives the experiment file of the winner', async () => {
    const { client } = await bench().open()
    const { file, ...rest } = searched()
    const source =
      '# mine\nname: toy\nregimes: [joint, mixed] # both\nsweep: { training.learningRate: [0.001, 0.002] }\ndata: { source: mnist, path: images }\n'
    const found = await untilDone(client, await started(client, { file, source, ...rest }))
    const { regime, settings } = found.series[found.winner!.candidate]!
    const text = found.winner!.file
    expect(text).toContain('# mine')
    expect(text).not.toContain('sweep')
    expect(text).toContain(`learningRate: ${String(settings['training.learningRate'])}`)
    expect(text).toMatch(new RegExp(`regimes: \\[${regime}\\]`))
    expect(text).toContain(`path: ${rest.folder}/images`)
    expect(text).toMatch(/^name: toy winner$/m)
    const bare = await untilDone(client, await started(client, searched({ seeds: [5] })))
    const parsed = await client.experiments.parse({ source: bare.winner!.file })
    expect(parsed).toEqual(experimentFile.parse({ ...parsed, name: 'toy winner', seeds: [5] }))
    expect(parsed).not.toHaveProperty('sweep')
  })

  test('that is paused, and whose host is closed, resumes to the same decisions', async () => {
    const undisturbed = bench()
    const { client } = await undisturbed.open()
    const expected = decided(await untilDone(client, await started(client)))

    const place = bench({ stepMilliseconds: 1 })
    const first = await place.open()
    const search = await started(first.client)
    await until(async () => (await first.client.searches.show({ search })).rung === 2)
    await first.client.searches.pause({ search })
    expect((await first.client.searches.show({ search })).status).toBe('paused')
    const open = (await first.client.runs.list({})).filter(({ status }) => status !== 'done')
    expect(open.every(({ status }) => status === 'paused')).toBe(true)
    await first.client.searches.resume({ search })
    await first.close()

    const second = await place.open()
    expect(decided(await untilDone(second.client, search))).toEqual(expected)
    // The same command finds it again.
    expect(await started(second.client)).toBe(search)
    expect((await second.client.searches.list())[0]).toMatchObject({ id: search, status: 'done', rungs: 2, rung: 2 })
  })

  test('whose host is killed within a rung comes to the same decisions', async () => {
    const { client } = await bench().open()
    const expected = decided(await untilDone(client, await started(client)))

    const place = bench({ stepMilliseconds: 2 })
    const entry = fileURLToPath(new URL('../../../support/search-process.ts', import.meta.url))
    const args = ['--disable-warning=ExperimentalWarning', entry, place.workspace, place.fakeFolder]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    await until(() => said.includes('rung 2'))
    child.kill('SIGKILL')
    await once(child, 'exit')

    writeScript(place.fakeFolder, {})
    const next = await place.open()
    const [found] = await next.client.searches.list()
    expect(decided(await untilDone(next.client, found!.id))).toEqual(expected)
  })

  test('that was stopped can be resumed, and is forgotten only when it does not run', async () => {
    const { client } = await bench({ stepMilliseconds: 5 }).open()
    const search = await started(client)
    expect((await refusal(client.searches.delete({ search }))).code).toBe('conflict')
    await client.searches.stop({ search })
    const stopped = await client.searches.show({ search })
    expect(stopped).toMatchObject({ status: 'stopped' })
    expect(stopped.decisions[0]!.sentence).toBe('Stopped.')
    await client.searches.resume({ search })
    await untilDone(client, search)
    await client.searches.delete({ search })
    expect(await client.searches.list()).toEqual([])
    expect((await refusal(client.searches.show({ search }))).code).toBe('not-found')
  })
})

test('a search that failed as its runs were deleted trains them when it is resumed', async () => {
  const { open, script } = bench({ holdAtStep: 2 })
  const { client } = await open()
  const search = await started(client)
  const runs = await until(async () => {
    const found = await client.runs.list({})
    return found.some(({ status }) => status === 'running') && found.map(({ id }) => id)
  })
  await client.runs.delete({ runs })
  await until(async () => (await client.searches.show({ search })).status === 'failed')
  await client.runs.purge({ runs: runs.slice(0, 1) })
  script({ holdAtStep: null })
  await client.searches.resume({ search })
  const { winner, ladder } = await untilDone(client, search)
  expect(winner).not.toBeNull()
  expect(ladder[0]!.entries.map(({ why }) => why)).toEqual(runs.map(() => null))
})

describe('hours', () => {
  // The fake trainer's steps take half a second by calibration, 3 of an epoch; a phase takes a second to start.
  test('end a search before the rung that does not fit, and more of them go on', async () => {
    const { client } = await bench().open()
    const search = await started(client, searched({ seeds: [1, 2, 3] }, { hours: 0.0044 }))
    const cut = await untilDone(client, search)
    expect(cut.ladder.at(-1)!.state).toBe('planned')
    expect(cut.decisions[0]!.sentence).toMatch(/does not fit into what is left of 16 s/)
    expect(cut.winner!.sentence).toContain('Test samples are read in the last rung alone.')
    expect(cut.ranking.every((each) => each.test === null)).toBe(true)
    expect(cut.wantsHours).toBe(true)
    await client.searches.resume({ search, hours: 100 })
    const whole = await untilDone(client, search)
    expect(whole.ladder.at(-1)!.state).toBe('done')
    expect(whole).toMatchObject({ hours: 100, wantsHours: false })
  })

  test('that are over stop what still trains, which goes on with more of them', async () => {
    const { open, workspace, script } = bench({ stepMilliseconds: 30 })
    const { client } = await open()
    const search = await started(client)
    await until(async () => (await client.searches.show({ search })).ladder[1]!.usedSeconds > 0)
    const database = new Database(join(workspace, 'exitlab.db'))
    database.exec('UPDATE epochs SET seconds = 1e6')
    database.close()
    const over = await untilDone(client, search)
    const whys = over.ladder[1]!.entries.flatMap(({ why }) => why ?? [])
    expect(whys).toContain('the hours were over before it was trained')
    const left = (await client.runs.list({ runs: ['toy'] })).filter(({ status }) => status !== 'done')
    expect(left.every(({ status }) => status === 'stopped')).toBe(true)
    script({})
    await started(client, searched({}, { hours: 1e6 }))
    const whole = await untilDone(client, search)
    expect(whole.ladder[1]!.entries.flatMap(({ why }) => why ?? [])).toEqual([])
  })

  test('that do not suffice for the first rung are refused', async () => {
    const { client } = await bench().open()
    const { code, message } = await refusal(client.searches.start(searched({}, { hours: 0.001 })))
    expect(code).toBe('conflict')
    expect(message).toMatch(/^The first rung alone takes at most .* does not fit into 4 s\./)
    expect(await client.searches.list()).toEqual([])
  })
})

describe('a candidate', () => {
  test('whose outputs are no numbers is out, with the reason, and the search goes on', async () => {
    const { client } = await bench({ notFinite: 1 }).open()
    const { ladder, winner } = await untilDone(client, await started(client))
    const reasons = ladder[0]!.entries.flatMap(({ why }) => why ?? [])
    expect(reasons).toEqual([
      expect.stringMatching(/^toy-rung-1-.* \(\w+\): Exit 0 gave an output that is not a finite/),
    ])
    expect(winner).not.toBeNull()
  })

  test('that cannot be trained is out, with the reason', async () => {
    const { client } = await bench({ failure: { code: 'diverged', message: 'the loss became NaN' } }).open()
    const search = await started(client)
    const failed = await until(async () => {
      const found = await client.searches.show({ search })
      return found.status === 'failed' && found
    })
    expect(failed.error).toContain('No candidate has a score: the loss became NaN')
  })
})

describe('refused is', () => {
  test('an experiment of one series', async () => {
    const { client } = await bench().open()
    const input = searched({ regimes: ['joint'] })
    delete input.file.sweep
    expect((await refusal(client.searches.start(input))).message).toContain('a single series')
  })

  test('a budget that no exit keeps', async () => {
    const { client } = await bench().open()
    const { message } = await refusal(client.searches.start(searched({}, { budget: 0.01 })))
    expect(message).toMatch(/^At 1.% of the backbone’s cost no series has an exit:/)
    expect(message).toContain('its first exit costs')
  })

  test('an exit rule that there is not, or that cannot read the task, before anything is trained', async () => {
    const { client } = await bench().open()
    const { code, message } = await refusal(client.searches.start({ ...searched(), rule: 'difference' }))
    expect([code, message]).toEqual([
      'usage',
      expect.stringContaining('Classification cannot be read by the exit rule difference'),
    ])
    expect((await refusal(client.searches.start({ ...searched(), rule: 'nope' }))).code).toBe('usage')
    expect(await client.searches.list()).toEqual([])
  })

  test('a sweep of lengths, and a training that cannot be shorter', async () => {
    const { client } = await bench().open()
    const lengths = searched({ sweep: { 'training.epochs': [9, 18] } })
    expect((await refusal(client.searches.start(lengths))).problems![0]!.path).toEqual(['sweep', 'training.epochs'])
    const short = searched()
    short.file.training = { ...short.file.training, epochs: 2 }
    expect((await refusal(client.searches.start(short))).problems![0]!.path).toEqual(['training', 'epochs'])
  })

  test('a changed file while the search of the former one is not over', async () => {
    const { client } = await bench({ stepMilliseconds: 5 }).open()
    const search = await started(client)
    await client.searches.pause({ search })
    const { message, command } = await refusal(client.searches.start(searched({ seeds: [1, 2, 3] })))
    expect(message).toContain('is not over (paused): seeds differ')
    expect(command).toEqual(['search', '--stop', search])
    // One of another name has nothing to do with it.
    await started(client, searched({ name: 'other', seeds: [1, 2, 3] }))
  })
})
