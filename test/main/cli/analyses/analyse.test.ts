import { analyses } from '../../../../src/readings/analyses/index.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { runCommandLine } from '../../../../src/main/cli/program.ts'
import { short, trainedBench } from '../../host/analyses/support.ts'
import { temporaryFolder, until } from '../../host/support.ts'
import type { FakeScript } from '../../../support/fake-trainer/script.ts'
import { exitlab, fakeContext, type FakeOptions } from '../support.ts'

/** A host whose experiment `toy` is trained: joint, with seeds 1, 2 and 3. */
async function trained(script: Partial<FakeScript> = {}) {
  const bench = await trainedBench({ parts: 4, ...script })
  const { client } = bench
  const analyse = (args: string[], options: FakeOptions = {}) => exitlab(['analyse', ...args], { client, ...options })
  return { ...bench, analyse }
}

describe('exitlab analyse, into a pipe', () => {
  it('reports progress on stderr and the result on stdout, and answers known results at once', async () => {
    // Slow enough to be seen at it.
    const { analyse, journal } = await trained({ stepMilliseconds: 60 })
    const { exitCode, stdout, stderr } = await analyse(['numerical-rank', 'toy'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Numerical rank\nBlock +Exit +joint\nnumerical rank\n +0 +– +8\.0 ± 0\.0\n +1 +0 +9\.0 ± 0\.0\n/,
    )
    expect(stdout).toContain('\nThese numbers are made up.\n')
    expect(stderr).toContain('joint, seed 1: done\njoint, seed 2: running')
    const lines = journal().length
    expect(await analyse(['numerical-rank', 'toy'])).toEqual({ exitCode: 0, stdout, stderr: '' })
    expect(journal()).toHaveLength(lines)
  })

  it('takes its settings from its options, and computes anew for other settings', async () => {
    const { analyse } = await trained()
    const parameters = async (...args: string[]) =>
      JSON.parse((await analyse(['loss-landscape', 'toy-joint-s1', '--json', ...args])).stdout).parameters
    expect(await parameters()).toEqual(analyses.get('loss-landscape').parameters.parse({}))
    const changed = ['--points', '5', '--one-dimensional', 'element-wise', '--reach', '0.5']
    expect(await parameters(...changed)).toMatchObject({ points: 5, oneDimensional: 'element-wise', reach: 0.5 })
  })

  it('prints the JSON of each kind as its schema has it, and nothing else with --quiet', async () => {
    const { analyse, client } = await trained()
    for (const kind of analyses.names()) {
      const { exitCode, stdout, stderr } = await analyse([kind, 'toy-joint-s1', 'toy-joint-s2', '--json', '--quiet'])
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      const printed = JSON.parse(stdout) as { kind: string; analyses: { id: string; result: unknown }[] }
      expect(printed.kind).toBe(kind)
      expect(printed.analyses).toHaveLength(kind === 'mode-connectivity' ? 1 : 2)
      for (const { id, result } of printed.analyses) {
        expect(analyses.get(kind).result.parse(result)).toEqual(result)
        expect((await client.analyses.show({ analysis: id })).result).toEqual(result)
      }
    }
  })

  it('analyses every pair of runs of an experiment where the analysis is of pairs', async () => {
    const { analyse } = await trained()
    const { stdout } = await analyse(['mode-connectivity', 'toy', '--quiet'])
    expect(
      stdout.replaceAll(/\s+/g, ' ').match(/permuting changes no logit by more than 10⁻⁶ \(20 samples\)/g),
    ).toHaveLength(3)
    expect(stdout).toMatch(/\njoint, seed 2 – joint, seed 3 +naive .*\n +matched /)
    const naive = await analyse(['mode-connectivity', 'toy', '--matched', 'no', '--quiet'])
    expect(naive.stdout).not.toMatch(/^ +matched /m)
  })

  it('names series as the experiment that is asked for does, also where another one has the same weights', async () => {
    const { analyse, client, host } = await trained()
    await analyse(['numerical-rank', 'toy', '--quiet'])
    const { learningRate } = short().file.training
    const sweep = { 'training.learningRate': [learningRate, 0.02] }
    await client.experiments.create(short({ name: 'swept', seeds: [1], sweep }))
    await host.idle()
    const { stdout } = await analyse(['numerical-rank', 'swept', '--quiet'])
    expect(stdout).toContain(`joint · learning rate ${learningRate}`)
    const { stdout: csv } = await analyse(['numerical-rank', 'swept', '--quiet', '--format', 'csv'])
    expect(csv).toContain(`joint · learning rate ${learningRate}`)
    const { stdout: json } = await analyse(['numerical-rank', 'swept', '--quiet', '--json'])
    const { analyses: printed } = JSON.parse(json) as { analyses: { runs: { name: string }[] }[] }
    expect(printed.flatMap(({ runs }) => runs).every(({ name }) => name.startsWith('swept'))).toBe(true)
  })

  it('says why an analysis failed, and how to try again', async () => {
    const { analyse, script } = await trained({ analysisFailure: { code: 'engine', message: 'no such operation' } })
    const command = ['numerical-rank', 'toy-joint-s2', '--samples', '50', '--tokens', 'all']
    const { exitCode, stdout, stderr } = await analyse(command)
    expect({ exitCode, stdout }).toEqual({ exitCode: 10, stdout: '' })
    expect(stderr).toContain('exitlab: joint, seed 2 failed: no such operation\n')
    expect(stderr).toContain('Try again with: exitlab analyse numerical-rank toy-joint-s2 --samples 50 --tokens all\n')
    const [{ id }] = JSON.parse((await analyse(['list', '--json'])).stdout)
    expect(await analyse(['show', id])).toMatchObject({
      exitCode: 5,
      stdout: '',
      stderr: expect.stringContaining('It failed: no such operation'),
    })
    script({ analysisFailure: null })
    expect((await analyse(command)).exitCode).toBe(0)
  })
})

test('exitlab analyse writes the bytes that the workbench saves', async () => {
  const { analyse, client } = await trained()
  const folder = temporaryFolder()
  for (const kind of analyses.names()) {
    const wanted = ['--format', 'csv', '--output', `${kind}.csv`, '--figure', `${kind}.svg`]
    const { exitCode, stderr } = await analyse([kind, 'toy-joint-s1', 'toy-joint-s2', ...wanted, '--quiet'], {
      workingFolder: folder,
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const chosen = { analyses: (await idsOf(client, kind)).toReversed() }
    const asTable = await client.exports.table({ table: chosen, format: 'csv' })
    const asFigure = await client.exports.figure({ figure: chosen, format: 'svg' })
    expect(readFileSync(join(folder, `${kind}.csv`), 'utf8')).toBe(await asTable.bytes.text())
    expect(readFileSync(join(folder, `${kind}.svg`), 'utf8')).toBe(await asFigure.bytes.text())
  }

  const dominance = ['gradient-dominance', 'toy-joint-s1', '--format', 'csv', '--quiet']
  const { stdout } = await analyse([...dominance, '--figure', 'dominance.svg'], { workingFolder: folder })
  const analysis = (await client.analyses.list({ kind: 'gradient-dominance', runs: ['toy-joint-s1'] }))[0]
  const chosen = { analyses: [analysis!.id] }
  const asTable = await client.exports.table({ table: chosen, format: 'csv' })
  const asFigure = await client.exports.figure({ figure: chosen, format: 'svg' })
  expect(stdout).toBe(await asTable.bytes.text())
  expect(readFileSync(join(folder, 'dominance.svg'), 'utf8')).toBe(await asFigure.bytes.text())
})

async function idsOf(client: HostClient, kind: string): Promise<string[]> {
  return (await client.analyses.list({ kind })).map(({ id }) => id)
}

describe('exitlab analyse, interrupted', () => {
  it('pauses, keeps what there is, and goes on with the same command', async () => {
    const { client, script, journal } = await trained({ holdAtPart: 2 })
    const fake = fakeContext({ client })
    const command = ['analyse', 'numerical-rank', 'toy-joint-s1', '--samples', '50']
    const ended = runCommandLine(command, fake.context, '1')
    await until(async () => (await client.analyses.list({}))[0]?.done === 2)
    fake.signal('SIGINT')
    expect(await ended).toBe(130)
    expect(fake.written.stdout).toBe('')
    expect(fake.written.stderr).toContain('joint, seed 1: paused\n')
    expect(fake.written.stderr).toContain(
      '0 of 1 done. Resume with: exitlab analyse numerical-rank toy-joint-s1 --samples 50\n',
    )
    script({ holdAtPart: null, parts: 4 })
    const { exitCode, stdout } = await exitlab(command, { client })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Numerical rank\nBlock +Exit +joint\n/)
    expect(journal().filter((line) => line === 'part 0')).toHaveLength(1)
  })

  it('ends at once on a second interruption', async () => {
    const { client } = await trained({ holdAtPart: 1 })
    const fake = fakeContext({ client })
    const ended = runCommandLine(['analyse', 'numerical-rank', 'toy-joint-s1'], fake.context, '1')
    await until(async () => (await client.analyses.list({}))[0]?.done === 1)
    fake.signal('SIGTERM')
    fake.signal('SIGTERM')
    expect(fake.aborted).toEqual([143])
    expect(await ended).toBe(143)
  })

  it('does not wait for an analysis that was deleted', async () => {
    const { client, analyse } = await trained({ holdAtPart: 1 })
    const ended = analyse(['numerical-rank', 'toy-joint-s1'])
    const started = await until(async () => (await client.analyses.list({})).find(({ status }) => status === 'running'))
    await analyse(['delete', started.id])
    const { exitCode, stderr } = await ended
    expect(exitCode).toBe(10)
    expect(stderr).toContain('joint, seed 1: deleted\n')
  })
})

describe('analyses that were asked for', () => {
  it('are listed, shown, paused, resumed and deleted by the beginnings of their ids', async () => {
    const { client, script, analyse, runs } = await trained()
    await analyse(['numerical-rank', 'toy-joint-s2'])
    script({ holdAtPart: 1, parts: 4 })
    const [asked] = (await client.analyses.ask({ kind: 'loss-landscape', runs: ['toy-joint-s1'] })).analyses
    // A part is counted before its preview is made.
    await until(async () => (await client.analyses.show({ analysis: asked!.id })).result !== null)
    const listed = (await analyse(['list'])).stdout
    expect(listed).toMatch(/loss-landscape +joint, seed 1 +▸ running +1\/4/)
    expect(listed).toMatch(/numerical-rank +joint, seed 2 +✓ done +4\/4/)
    expect((await analyse(['list', 'toy-joint-s2', '--kind', 'loss-landscape'])).stdout).toBe('No analyses.\n')
    const json = JSON.parse((await analyse(['list', '--json'])).stdout)
    expect(json).toMatchObject([{ kind: 'loss-landscape', done: 1, total: 4 }, { kind: 'numerical-rank' }])
    const [landscape, rank] = json.map(({ id }: { id: string }) => id.slice(0, 8))

    expect((await analyse(['show', landscape])).stdout).toContain('Not done yet: these are partial results.')
    expect((await analyse(['show', rank])).stdout).toMatch(/^Numerical rank\nBlock/)
    const shown = JSON.parse((await analyse(['show', rank, '--json'])).stdout)
    expect(shown.analyses[0].runs).toEqual([
      { id: runs[1]!.id, name: 'toy-joint-s2', regime: 'joint', series: 'joint', seed: 2 },
    ])
    expect(await analyse(['show', 'abcdef'])).toMatchObject({ exitCode: 4, stdout: '' })

    expect((await analyse(['pause', landscape])).stdout).toMatch(/^1 analysis paused: [0-9a-f]{6,}\n$/)
    expect((await analyse(['list'])).stdout).toContain('‖ paused')
    expect(JSON.parse((await analyse(['resume', landscape, '--json'])).stdout)[0].kind).toBe('loss-landscape')
    expect((await analyse(['delete', landscape, rank])).stdout).toContain('2 analyses deleted: ')
    expect((await analyse(['list'])).stdout).toBe('No analyses.\n')
  })
})
