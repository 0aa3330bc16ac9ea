import { describe, expect, it } from 'vitest'
import { exitlab, fakeClient, fakeRun, summary } from './support.ts'

describe.each(['pause', 'resume', 'stop', 'retry', 'delete', 'restore'])('exitlab %s', (name) => {
  const run = summary(fakeRun({ status: 'paused' }))
  let asked: unknown
  const client = fakeClient({ [`runs.${name}`]: (input) => ((asked = input), { runs: [run] }) })

  it('asks the host to do it, and says what changed', async () => {
    const { exitCode, stdout } = await exitlab([name, 'aaaa', 'small'], { client })
    expect(exitCode).toBe(0)
    expect(asked).toEqual({ runs: ['aaaa', 'small'] })
    expect(stdout).toContain('  aaaa11  small/disjoint/1  paused')
  })

  it('prints the runs as JSON', async () => {
    expect(JSON.parse((await exitlab([name, 'aaaa', '--json'], { client })).stdout)).toMatchObject([
      { id: run.id, status: 'paused' },
    ])
  })
})

describe('everything at once', () => {
  const runs = [summary(fakeRun({ status: 'paused' }))]
  const analyses = [{ id: 'bbbb2222', kind: 'numerical-rank', status: 'paused' }]
  const client = fakeClient({
    'queue.pause': () => ({ runs, analyses }),
    'queue.resume': () => ({ runs, analyses: [] }),
  })

  it('is paused and resumed with --all', async () => {
    const { stdout } = await exitlab(['pause', '--all'], { client })
    expect(stdout).toBe(
      '1 run and 1 analysis paused\n  aaaa11  small/disjoint/1  paused\n  bbbb22  numerical-rank  paused\n' +
        'Resume with: exitlab resume --all\n',
    )
    expect((await exitlab(['resume', '--all'], { client })).stdout).toContain('1 run resumed\n')
    expect(JSON.parse((await exitlab(['pause', '--all', '--json'], { client })).stdout)).toMatchObject({
      runs: [{ id: runs[0]!.id }],
      analyses,
    })
  })

  it.each([['pause'], ['pause', 'aaaa', '--all']])('takes runs or --all, not both or neither', async (...line) => {
    const { exitCode, stderr } = await exitlab(line, { client })
    expect([exitCode, stderr]).toEqual([2, 'exitlab: Expected either runs to pause, or --all.\n'])
  })
})

describe('what to do next', () => {
  it.each([
    ['pause', 'Resume with: exitlab resume aaaa11'],
    ['stop', 'Resume with: exitlab resume aaaa11'],
    ['delete', 'Undo with: exitlab restore aaaa11'],
  ])('is suggested after %s', async (name, next) => {
    const client = fakeClient({ [`runs.${name}`]: () => ({ runs: [summary(fakeRun())] }) })
    expect((await exitlab([name, 'a'], { client })).stdout).toContain(next)
  })
})

describe('exitlab purge', () => {
  const client = fakeClient({ 'runs.purge': () => ({ runs: ['aaaa'], freedBytes: 5e9 }) })

  it('says how much it freed', async () => {
    expect((await exitlab(['purge', 'aaaa'], { client })).stdout).toBe('1 run removed permanently, 5.0 GB freed\n')
    expect(JSON.parse((await exitlab(['purge', 'aaaa', '--json'], { client })).stdout)).toEqual({
      runs: ['aaaa'],
      freedBytes: 5e9,
    })
  })
})

describe('exitlab purge --deleted', () => {
  it('purges every deleted run', async () => {
    let asked: unknown
    const client = fakeClient({
      'runs.list': () => [summary(fakeRun({ id: 'aaaa' })), summary(fakeRun({ id: 'bbbb' }))],
      'runs.purge': (input: unknown) => ((asked = input), { runs: ['aaaa', 'bbbb'], freedBytes: 0 }),
    })
    expect((await exitlab(['purge', '--deleted'], { client })).stdout).toBe('2 runs removed permanently, 0 B freed\n')
    expect(asked).toEqual({ runs: ['aaaa', 'bbbb'] })
  })

  it('has nothing to do in a workspace without deleted runs', async () => {
    const client = fakeClient({ 'runs.list': () => [] })
    expect((await exitlab(['purge', '--deleted'], { client })).stdout).toBe('0 runs removed permanently, 0 B freed\n')
  })

  it.each([[['purge']], [['purge', 'aaaa', '--deleted']]])('refuses %j', async (args) => {
    const { exitCode, stderr } = await exitlab(args, { client: fakeClient({}) })
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Expected runs to purge, or --deleted')])
  })
})

describe('exitlab disk', () => {
  const use = { checkpointBytes: 3e6, evaluationBytes: 1e6, analysisBytes: 0, sharedBytes: 1e6 }
  const experiment = { id: 'e1', name: 'quickstart', runs: 1200, deleted: 2, ...use }
  const disk = {
    experiments: [experiment],
    sharedBytes: 1e6,
    tokens: { folder: '/w/tokens', bytes: 2e6 },
    bin: { runs: 2, bytes: 5e6 },
  }

  it('prints the space of experiments, of what they share, and of deleted runs', async () => {
    const { stdout } = await exitlab(['disk'], { client: fakeClient({ 'system.disk': () => disk }) })
    expect(stdout).toMatch(/quickstart +1,200 +2 +3\.0 MB +1\.0 MB +0 B +1\.0 MB/)
    expect(stdout).toContain('1.0 MB in phases shared by several experiments, counted once.')
    expect(stdout).toContain('2 deleted runs: `exitlab purge --deleted` frees 5.0 MB.')
  })

  it('prints the cache of tokens, with or without runs', async () => {
    const { stdout } = await exitlab(['disk'], {
      client: fakeClient({ 'system.disk': () => ({ ...disk, experiments: [] }) }),
    })
    expect(stdout).toContain('No runs yet.\nTokens of texts: 2.0 MB in /w/tokens, a cache that may be deleted.\n')
  })

  it('prints the same as JSON', async () => {
    const { stdout } = await exitlab(['disk', '--json'], { client: fakeClient({ 'system.disk': () => disk }) })
    expect(JSON.parse(stdout)).toEqual(disk)
  })
})

describe('exitlab export', () => {
  it('takes the folder relative to the current folder', async () => {
    let asked: unknown
    const client = fakeClient({
      'runs.show': fakeRun,
      'exports.run': (input: { folder: string }) => (
        (asked = input),
        { folder: input.folder, files: ['model.safetensors', 'README.md'] }
      ),
    })
    const { stdout } = await exitlab(['export', 'aaaa', 'out'], { client, workingFolder: '/home/me' })
    expect(asked).toEqual({ run: 'aaaa', folder: '/home/me/out' })
    expect(stdout).toBe('Written to /home/me/out:\n  model.safetensors\n  README.md\n')
  })

  it('asks for segments with an exit rule and a budget', async () => {
    let asked: unknown
    const client = fakeClient({
      'runs.show': fakeRun,
      'exports.run': (input: { folder: string }) => ((asked = input), { folder: input.folder, files: [] }),
    })
    const args = ['export', 'aaaa', '/out', '--segments', '--rule', 'entropy', '--budget', '50']
    await exitlab(args, { client })
    expect(asked).toEqual({ run: 'aaaa', folder: '/out', segments: { rule: 'entropy', budget: 0.5 } })
  })

  it('refuses an exit rule or a budget without segments, and a budget that is none', async () => {
    const client = fakeClient({})
    const lone = await exitlab(['export', 'aaaa', '/out', '--budget', '50'], { client })
    expect([lone.exitCode, lone.stderr]).toEqual([2, expect.stringContaining("are for '--segments'")])
    const list = await exitlab(['export', 'aaaa', '/out', '--segments', '--budget', '50,75'], { client })
    expect([list.exitCode, list.stderr]).toEqual([2, expect.stringContaining('Expected a percentage such as 50.')])
  })
})

describe('exitlab latency', () => {
  it('prints the milliseconds of each exit of each network', async () => {
    let asked: unknown
    const spread = (median: number) => ({ median, p95: 2 * median })
    const batch = (batchSize: number) => ({
      batchSize,
      rounds: 30,
      backbone: spread(4 * batchSize),
      exits: [spread(batchSize), spread(5 * batchSize)],
    })
    const latency = { machine: 'A processor, 2 threads', measuredAt: 1, batches: [batch(1), batch(8)] }
    const client = fakeClient({
      'runs.measureLatency': (input: unknown) => ((asked = input), [{ runs: ['aaaa', 'bbbb'], latency }]),
      'runs.list': () => [
        { id: 'aaaa', name: 'toy-joint-s1' },
        { id: 'bbbb', name: 'toy-joint-s2' },
      ],
    })
    const { stdout } = await exitlab(['latency', 'toy', '--batch-size', '8'], { client })
    expect(asked).toEqual({ runs: ['toy'], batchSize: 8 })
    const lines = stdout.trimEnd().split('\n').map((line) => line.trim().split(/\s{2,}/)) // prettier-ignore
    expect(lines).toEqual([
      ['toy-joint-s1 and 1 more, A processor, 2 threads'],
      ['exit', '% of backbone', 'ms, batch 1', '95 %', 'ms, batch 8', '95 %'],
      ['0', '25.0', '1.00', '2.00', '8.00', '16.00'],
      ['final', '125.0', '5.00', '10.00', '40.00', '80.00'],
      ['backbone alone', '100.0', '4.00', '8.00', '32.00', '64.00'],
    ])
  })
})
