import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { table as budgetTable } from '../../../src/readings/budgets/table.ts'
import type { ConnectOptions } from '../../../src/main/cli/context.ts'
import type { Plan } from '../../../src/contract/experiments.ts'
import type { BudgetsAnswer } from '../../../src/readings/budgets/schema.ts'
import type { DifferencesAnswer } from '../../../src/readings/differences/schema.ts'
import { table as differenceTable } from '../../../src/readings/differences/table.ts'
import { scores, exitlab, experimentText, fakeClient, fakeRun, summary } from './support.ts'

interface TableRequest {
  table: { of?: string; reading?: string }
  format: string
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-cli-'))
  writeFileSync(join(folder, 'small.yaml'), experimentText)
})
afterAll(() => rmSync(folder, { recursive: true }))

const done = fakeRun({
  id: 'aaaa1111cccc',
  name: 'small/joint/2',
  regime: 'joint',
  seed: 2,
  status: 'done',
  scores,
  phases: [
    {
      ...fakeRun().phases[0]!,
      id: 'p3',
      name: 'all exits',
      status: 'done',
      epochs: 4,
      keptEpoch: 3,
      ended: 'epoch-cap',
      seconds: 65,
    },
  ],
})

describe('exitlab plan', () => {
  const plan: Plan = {
    runs: 2,
    phases: 3,
    phasesUnshared: 4,
    phasesDone: 1,
    matrix: { seeds: [1], rows: [{ regime: 'disjoint', series: 'disjoint', statuses: ['done'] }] },
    series: [{ name: 'disjoint', regime: 'disjoint', settings: {}, ...fakeRun().costs }],
    ...fakeRun().costs,
    estimatedSeconds: 185,
    savedSeconds: 60,
    checkpointBytes: 1e6,
    memoryBytes: 7.8e8,
    threads: 2,
    starts: [],
    words: [],
    caveats: ['Timed on made-up images.'],
    obstacles: [],
  }
  let asked: unknown
  const client = fakeClient({
    'experiments.plan': (input) => {
      asked = input
      return plan
    },
  })

  it('prints the documented JSON', async () => {
    let connected: unknown
    const { exitCode, stdout } = await exitlab(['plan', join(folder, 'small.yaml'), '--json', '--device', 'cuda:1'], {
      client,
      connected: (options) => (connected = options),
    })
    expect(connected).toMatchObject({ purpose: 'read', device: 'cuda:1' })
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      runs: 2,
      phases: 3,
      backboneMacs: 10_000_000,
      exits: [
        { exit: 0, block: 0, macs: 2_000_000, fraction: 0.2 },
        { exit: 1, block: 1, macs: 4_000_000, fraction: 0.4 },
        { exit: 2, block: null, macs: 10_100_000, fraction: 1.01 },
      ],
      estimatedSeconds: 185,
      memoryBytes: 7.8e8,
      threads: 2,
    })
    expect(asked).toMatchObject({ file: { name: 'small' }, source: experimentText, folder, calibrate: true })
  })

  it('prints costs as aligned columns, and the time in words', async () => {
    const { stdout } = await exitlab(['plan', join(folder, 'small.yaml')], { client })
    expect(stdout).toBe(`small: 2 runs, 3 distinct phases, 1 of them trained

exit            after block    cost  % of backbone
0                         0  2.00 M          20.00
1                         1  4.00 M          40.00
final            classifier  10.1 M         101.00
backbone alone               10.0 M         100.00
Multiply-adds of one sample; each exit includes the heads before it.

Training takes about 3 minutes on this machine if no phase stops early (4 epochs in each phase).
Memory: about 780 MB. 2 threads for each run.
Note: Timed on made-up images.
`)
  })

  it('names no number of epochs where a regime’s phases may have their own', async () => {
    const own = join(folder, 'own.yaml')
    const phases = 'regimes: [joint, { name: short, phases: [{ trains: all, training: { epochs: 2 } }] }]'
    writeFileSync(own, experimentText.replace('regimes: [disjoint, joint]', phases))
    const { stdout } = await exitlab(['plan', own], { client })
    expect(stdout).toContain('if no phase stops early (each phase with its own epochs).')
  })

  it('lists what series take from the weights that they start from', async () => {
    const started = join(folder, 'started.yaml')
    writeFileSync(started, `${experimentText}initial: { weights: vit.pth }\n`)
    const use = { title: 'torchvision', taken: ['patch.weight'], fresh: ['heads.0.fc.weight'], leftOver: ['fc.bias'] }
    const starts = [{ ...use, notes: ['Values are converted from float16 to float32.'], series: ['disjoint'] }]
    const other = fakeClient({ 'experiments.plan': () => ({ ...plan, starts }) })
    const { stdout } = await exitlab(['plan', started], { client: other })
    expect(stdout)
      .toContain(`Starts from vit.pth (names of torchvision): 1 array is taken, 1 is initialised (heads.0.fc), 1 of the file is not used (fc).
Note: Values are converted from float16 to float32.
`)
    const { stdout: json } = await exitlab(['plan', started, '--json'], { client: other })
    expect(JSON.parse(json)).toMatchObject({ starts })
  })

  it('states facts about the weights once, whatever the kinds of first phase', async () => {
    const started = join(folder, 'started.yaml')
    const use = { title: 'torchvision', taken: ['patch.weight'], leftOver: [], notes: ['The grid is resampled.'] }
    const starts = [
      { ...use, fresh: [], series: ['disjoint'] },
      { ...use, fresh: ['heads.0.fc.weight'], series: ['joint'] },
    ]
    const { stdout } = await exitlab(['plan', started], {
      client: fakeClient({ 'experiments.plan': () => ({ ...plan, starts }) }),
    })
    expect(stdout.match(/Starts from/g)).toHaveLength(2)
    expect(stdout.match(/Note: The grid is resampled\./g)).toHaveLength(1)
  })

  it('times nothing with --no-calibrate', async () => {
    await exitlab(['plan', join(folder, 'small.yaml'), '--no-calibrate'], { client })
    expect(asked).toMatchObject({ calibrate: false })
  })

  it("gives the engine's refusal of a key its place in the file", async () => {
    const refusing = fakeClient({
      'experiments.plan': () => {
        throw Object.assign(new Error('network.exits: block 9 cannot have an exit'), {
          data: {
            code: 'invalid-experiment',
            problems: [{ path: ['network', 'exits'], message: 'block 9 cannot have an exit' }],
          },
        })
      },
    })
    const { exitCode, stderr } = await exitlab(['plan', join(folder, 'small.yaml')], { client: refusing })
    expect(exitCode).toBe(3)
    expect(stderr).toContain('small.yaml:3:49: network.exits: block 9 cannot have an exit')
  })

  it('prints the costs of what does not fit into memory, then where to make it smaller, and answers 3', async () => {
    const obstacles = [{ path: ['network'], message: 'training takes about 64 GB of memory' }]
    const large = fakeClient({ 'experiments.plan': () => ({ ...plan, estimatedSeconds: null, obstacles }) })
    const { exitCode, stdout, stderr } = await exitlab(['plan', join(folder, 'small.yaml')], { client: large })
    expect(exitCode).toBe(3)
    expect(stdout).toContain('final            classifier  10.1 M         101.00')
    expect(stderr).toContain('small.yaml:3:1: network: training takes about 64 GB of memory')
    const json = await exitlab(['plan', join(folder, 'small.yaml'), '--json'], { client: large })
    expect([json.exitCode, JSON.parse(json.stdout)]).toMatchObject([3, { backboneMacs: 10_000_000 }])
  })

  it('answers 3 and never connects where the file has problems', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'name: x\n')
    const { exitCode, stdout, stderr } = await exitlab(['plan', join(folder, 'bad.yaml')])
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr).toMatch(/^exitlab: 3 problems in .*bad.yaml\n/)
  })

  it('answers 4 where there is no such file', async () => {
    expect(await exitlab(['plan', join(folder, 'smal.yaml')])).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: `exitlab: There is no file ${folder}/smal.yaml. Did you mean ${folder}/small.yaml?\n`,
    })
  })
})

describe('exitlab list', () => {
  const runs = [summary(fakeRun({ status: 'running' })), summary(done)]

  it('prints the documented JSON', async () => {
    const client = fakeClient({ 'runs.list': () => runs })
    expect(JSON.parse((await exitlab(['list', '--json'], { client })).stdout)).toEqual([
      {
        id: 'aaaa1111bbbb',
        name: 'small/disjoint/1',
        experiment: 'small',
        regime: 'disjoint',
        series: 'disjoint',
        settings: {},
        seed: 1,
        status: 'running',
        phases: [
          { id: 'p1', name: 'backbone', status: 'queued', epochs: 0, shared: false, trainedFor: null },
          { id: 'p2', name: 'heads', status: 'queued', epochs: 0, shared: false, trainedFor: null },
        ],
        accuracies: null,
        latest: null,
      },
      {
        id: 'aaaa1111cccc',
        name: done.name,
        experiment: 'small',
        regime: 'joint',
        series: 'joint',
        settings: {},
        seed: 2,
        status: 'done',
        phases: [{ id: 'p3', name: 'all exits', status: 'done', epochs: 4, shared: false, trainedFor: null }],
        accuracies: scores,
        latest: null,
      },
    ])
  })

  it('prints a table with ids cut to what tells them apart', async () => {
    const client = fakeClient({ 'runs.list': () => runs })
    expect((await exitlab(['list'], { client })).stdout).toBe(
      `id         experiment  regime    seed  status     phase          epochs  validation %  test %
aaaa1111b  small       disjoint     1  ▸ running  1/2 backbone        0             –       –
aaaa1111c  small       joint        2  ✓ done     1/1 all exits       4         90.00   89.15
`,
    )
  })

  it('leaves out columns that do not fit a narrow terminal', async () => {
    const client = fakeClient({ 'runs.list': () => runs })
    const { stdout } = await exitlab(['list'], { client, isTerminal: true, columns: 70 })
    expect(stdout).toBe(`id         experiment  regime    seed  status     validation %  test %
aaaa1111b  small       disjoint     1  ▸ running             –       –
aaaa1111c  small       joint        2  ✓ done            90.00   89.15
`)
  })

  it('has no test values of a sweep that are closed, and says who shows those of the best', async () => {
    const closed = { ...summary(done), scores: { ...scores, test: null } }
    const client = fakeClient({ 'runs.list': () => [closed] })
    const { stdout, stderr } = await exitlab(['list'], { client })
    expect(stdout).toMatch(/90\.00 +closed$/m)
    expect(stderr).toContain('exitlab best shows those of the best')
    const [entry] = JSON.parse((await exitlab(['list', '--json'], { client })).stdout) as { accuracies: object }[]
    expect(entry!.accuracies).toEqual({ validation: scores.validation, test: null })
  })

  it('prints a run once that a newer experiment of the same name has too, unless the older one or JSON is asked for', async () => {
    const former = summary(done)
    const again = { ...former, id: 'bbbb2222', experimentId: 'e9', createdAt: former.createdAt + 1 }
    const added = { ...again, id: 'cccc3333', name: 'small/joint/3', seed: 3, phases: [{ ...former.phases[0]!, id: 'p9' }] } // prettier-ignore
    const client = fakeClient({ 'runs.list': () => [former, again, added] })
    const { stdout, stderr } = await exitlab(['list'], { client })
    expect(stdout.match(/^\w+(?=  small)/gm)).toEqual(['bbbb22', 'cccc33'])
    expect(stderr).toContain('1 run of which a newer experiment of the same name has the same training is left out')
    // Programs look up ids, so that none may be missing.
    expect(JSON.parse((await exitlab(['list', '--json'], { client })).stdout)).toHaveLength(3)
    expect((await exitlab(['list', 'e1'], { client })).stdout.trim().split('\n')).toHaveLength(4)
  })

  it('is an empty array, or a hint, where there are no runs', async () => {
    const client = fakeClient({ 'runs.list': () => [] })
    expect((await exitlab(['list', '--json'], { client })).stdout).toBe('[]\n')
    expect((await exitlab(['list'], { client })).stdout).toContain('No runs yet')
    expect((await exitlab(['list', '--deleted'], { client })).stdout).toBe('No deleted runs.\n')
  })

  it.each([
    ['before the command', ['--workspace', '/w', 'list']],
    ['behind it', ['list', '--workspace', '/w']],
    ['behind it rather than before', ['--workspace', '/other', 'list', '--workspace', '/w']],
  ])('takes the workspace %s', async (_, args) => {
    let connected: ConnectOptions | undefined
    await exitlab(args, {
      client: fakeClient({ 'runs.list': () => [] }),
      connected: (options) => (connected = options),
    })
    expect(connected).toEqual({ command: 'list', purpose: 'read', workspace: '/w' })
  })

  it('passes references and the workspace on', async () => {
    let asked: unknown
    let connected: ConnectOptions | undefined
    const client = fakeClient({ 'runs.list': (input) => ((asked = input), []) })
    await exitlab(['list', 'small', 'aaaa', '--workspace', '/w'], {
      client,
      connected: (options) => (connected = options),
    })
    expect(asked).toEqual({ runs: ['small', 'aaaa'], deleted: false })
    expect(connected).toEqual({ command: 'list', purpose: 'read', workspace: '/w' })
  })

  it('shows control characters of a name instead of obeying them', async () => {
    const client = fakeClient({ 'runs.list': () => [summary(fakeRun({ experiment: 'a\u001b[31mb\u0007' }))] })
    expect((await exitlab(['list'], { client })).stdout).toContain('a\\u001b[31mb\\u0007')
  })
})

describe('exitlab show', () => {
  const client = fakeClient({ 'runs.show': () => done, 'runs.log': () => [] })

  it('prints phases, costs and accuracies', async () => {
    const { stdout } = await exitlab(['show', 'aaaa1111c'], { client })
    expect(stdout).toContain('small/joint/2  ✓ done')
    expect(stdout).toContain(`phase      status  epochs  kept epoch       time  ended by   shared with
all exits  done    4 of 4           3  1 min 5 s  epoch cap            –`)
    expect(stdout).toContain(`exit   after block    cost  % of backbone  validation %  test %
0                0  2.00 M          20.00         70.00   69.00`)
  })

  it('prints everything as JSON', async () => {
    expect(JSON.parse((await exitlab(['show', 'aaaa', '--json'], { client })).stdout)).toEqual(
      JSON.parse(JSON.stringify(done)),
    )
  })

  it('asks for the last lines of the log, and prints them', async () => {
    let asked: unknown
    const line = {
      id: 9,
      at: 0,
      level: 'warning',
      run: null,
      phase: 'p1',
      message: 'slow\u001b[2J\n1970-01-01 00:00:00  info',
    }
    const logging = fakeClient({ 'runs.show': () => done, 'runs.log': (input) => ((asked = input), [line]) })
    const { stdout } = await exitlab(['show', 'aaaa', '--log', '7'], { client: logging })
    expect(asked).toEqual({ run: done.id, from: 'end', limit: 7 })
    expect(stdout).toMatch(
      /\nLog\n {2}1970-01-01 00:00:00 {2}warning {2}slow\\u001b\[2J\n {4}1970-01-01 00:00:00 {2}info\n$/,
    )
  })

  it('names the classes of a classification, and the value of a regression', async () => {
    expect((await exitlab(['show', 'aaaa'], { client })).stdout).toContain('resnet, 3 exits, 10 classes\n')
    const network = { ...done.network, task: 'regression' as const, classes: 1 }
    const regression = fakeClient({ 'runs.show': () => fakeRun({ network, task: 'regression' }) })
    expect((await exitlab(['show', 'aaaa'], { client: regression })).stdout).toContain('resnet, 3 exits, 1 value\n')
  })

  it('prints why a run failed', async () => {
    const failed = fakeClient({ 'runs.show': () => fakeRun({ status: 'failed', error: 'loss is NaN' }) })
    expect((await exitlab(['show', 'aaaa'], { client: failed })).stdout).toContain('✗ failed\nloss is NaN\n')
  })
})

describe('exitlab compare', () => {
  const cell = (budget: number | null, mean: number, std: number | null = 0.42) => ({
    budget,
    mean,
    std,
    cost: 1_500_000,
  })
  const comparison: BudgetsAnswer = {
    protocol: 'validation',
    rule: 'confidence',
    budgets: [0.25, null],
    rows: [
      {
        experiment: 'small',
        regime: 'disjoint',
        series: 'disjoint',
        look: null,
        seeds: [1, 2],
        runs: ['r1', 'r2'],
        backboneCost: 10_000_000,
        seedCells: [],
        cells: [null, cell(null, 84.5)],
      },
      {
        experiment: 'small',
        regime: 'joint',
        series: 'joint',
        look: null,
        seeds: [1],
        runs: ['r3'],
        backboneCost: 10_000_000,
        seedCells: [],
        cells: [cell(0.25, 62.204, null), cell(null, 80.1, null)],
      },
    ],
  }
  let asked: unknown
  let drawn: unknown
  const client = fakeClient({
    'readings.ask': ({ question }: { question: unknown }) => ((asked = question), comparison),
    'exports.readTable': () => budgetTable(comparison, { eachSeed: false, unit: 'macs' }),
    'exports.table': ({ table, format }: TableRequest) => ({
      name: 't',
      bytes: new Blob([`${format} bytes of ${table.of ?? table.reading}\n`]),
    }),
    'exports.figure': (input) => ((drawn = input), { name: 'f', bytes: new Blob([Uint8Array.of(0, 255, 10)]) }),
  })

  const processors = {
    kind: 'processors',
    sentence: 'Different processors: A (2 runs), B (1 run).',
    processors: [
      { name: 'A', runs: 2 },
      { name: 'B', runs: 1 },
    ],
  }

  it('prints warnings about the comparison on stderr, and has them in its JSON', async () => {
    const doubtful = fakeClient({
      'readings.ask': () => comparison,
      'evaluations.caveats': () => [processors],
    })
    const { stdout, stderr } = await exitlab(['compare', '--json'], { client: doubtful })
    expect(stderr).toBe('Note: Different processors: A (2 runs), B (1 run).\n')
    expect(JSON.parse(stdout)).toMatchObject({ rows: expect.anything(), caveats: [processors] })
    expect(JSON.parse((await exitlab(['compare', '--json'], { client })).stdout)).not.toHaveProperty('caveats')
  })

  it('writes warnings about the comparison into a file of text, which has no stderr beside it', async () => {
    const doubtful = fakeClient({
      'evaluations.caveats': () => [processors],
      'exports.readTable': () => budgetTable(comparison, { eachSeed: false, unit: 'macs' }),
    })
    const file = join(folder, 'noted-table.txt')
    await exitlab(['compare', '--output', file], { client: doubtful })
    expect(readFileSync(file, 'utf8')).toContain(`\n${processors.sentence}\n`)
    const { stdout } = await exitlab(['compare'], { client: doubtful })
    expect(stdout).not.toContain('Different processors')
  })

  it('says that imported results are left out where they were named and have not what is read', async () => {
    const listed = [{ id: 'abc123', name: 'sdn', experiment: null }]
    const imported = fakeClient({ 'readings.ask': () => comparison, 'imports.list': () => listed })
    const compared = (...args: string[]) => exitlab(['compare', ...args, '--json'], { client: imported })
    const notes = async (...args: string[]) => (await compared(...args)).stderr
    const note = 'Note: Imported results are left out: they have no latencies.\n'
    const { caveats } = JSON.parse((await compared('small', 'sdn', '--cost', 'latency')).stdout)
    expect(caveats).toMatchObject([{ kind: 'imports-left-out', imports: ['sdn'] }])
    expect(await notes('small', 'sdn', '--cost', 'latency')).toBe(note)
    expect(await notes('abc123', '--cost', 'latency')).toBe(note)
    expect(await notes('small', '--cost', 'latency')).toBe('')
    expect(await notes('sdn')).toBe('')
  })

  it.each([[['--json']], [['--format', 'json']]])('prints the documented JSON with %j', async (args) => {
    expect(JSON.parse((await exitlab(['compare', ...args], { client })).stdout)).toEqual({
      protocol: 'validation',
      rule: 'confidence',
      budgets: [0.25, null],
      rows: [
        {
          experiment: 'small',
          regime: 'disjoint',
          seeds: [1, 2],
          runs: ['r1', 'r2'],
          cells: [null, { budget: null, mean: 84.5, std: 0.42, macs: 1_500_000 }],
        },
        {
          experiment: 'small',
          regime: 'joint',
          seeds: [1],
          runs: ['r3'],
          cells: [
            { budget: 0.25, mean: 62.204, std: null, macs: 1_500_000 },
            { budget: null, mean: 80.1, std: null, macs: 1_500_000 },
          ],
        },
      ],
    })
  })

  it('prints a table for people', async () => {
    const { stdout } = await exitlab(['compare', 'small'], { client })
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'Regime             25 %      Unlimited',
      'disjoint (n = 2)      –   84.50 ± 0.42*',
      'joint (n = 1)     62.20          80.10',
      '',
    ])
    const under = stdout.slice(stdout.indexOf('\n\n') + 2).split('\n')
    expect(under.join(' ')).toMatch(
      /^Test accuracy \(%\) of disjoint and joint in small .* \*: best of each budget\. –: even the/,
    )
    expect(Math.max(...under.map(({ length }) => length))).toBeLessThanOrEqual(100)
  })

  it('puts deviations below their means in a narrow terminal', async () => {
    const budgets = [0.25, 0.5, 0.75, 1, null]
    const row = (regime: 'joint' | 'mixed', mean: number) => ({
      ...comparison.rows[0]!,
      regime,
      series: regime,
      cells: budgets.map((budget) => cell(budget, mean)),
    })
    const full = { ...comparison, budgets, rows: [row('joint', 80), row('mixed', 80.004)] }
    const wide = fakeClient({ 'exports.readTable': () => budgetTable(full, { eachSeed: false, unit: 'macs' }) })
    const { stdout } = await exitlab(['compare'], { client: wide, isTerminal: true, columns: 60 })
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'Regime    25 %     50 %     75 %    100 %   Unlimited',
      'joint    80.00*   80.00*   80.00*   80.00*      80.00*',
      '        ± 0.42   ± 0.42   ± 0.42   ± 0.42      ± 0.42',
      'mixed    80.00*   80.00*   80.00*   80.00*      80.00*',
      '        ± 0.42   ± 0.42   ± 0.42   ± 0.42      ± 0.42',
    ])
  })

  it('passes every choice on', async () => {
    await exitlab(
      [
        'compare',
        'a',
        'b',
        '--protocol',
        'paper',
        '--rule',
        'entropy',
        '--budgets',
        '10%, 40,100,150,unlimited',
        '--reading',
        'per-seed',
        '--cost',
        'latency',
        '--json',
      ],
      { client },
    )
    expect(asked).toEqual({
      runs: ['a', 'b'],
      protocol: 'paper',
      rule: 'entropy',
      budgets: [0.1, 0.4, 1, 1.5, null],
      seedReading: 'per-seed',
      cost: 'latency',
    })
  })

  it('takes the parameters of a rule, and refuses those that it does not have', async () => {
    await exitlab(['compare', '--rule', 'difference:patience=2', '--json'], { client })
    expect(asked).toMatchObject({ rule: 'difference:patience=2' })
    const refused = await exitlab(['compare', '--rule', 'difference:patience=0'], { client })
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('patience is 0: expected a whole number from 1 to ') as string,
    })
  })

  it.each(['csv', 'csv-wide', 'latex'])('prints the bytes that the host makes for %s', async (format) => {
    expect((await exitlab(['compare', '--format', format], { client })).stdout).toBe(`${format} bytes of budgets\n`)
  })

  it('writes table and figure where it is told', async () => {
    const { stdout, stderr } = await exitlab(['compare', '--format', 'csv', '--output', 't.csv', '--figure', 'f.svg'], {
      client,
      workingFolder: folder,
    })
    expect(stdout).toBe('')
    expect(stderr).toBe(`Wrote ${folder}/t.csv\nWrote ${folder}/f.svg\n`)
    expect(readFileSync(join(folder, 't.csv'), 'utf8')).toBe('csv bytes of budgets\n')
    expect([...readFileSync(join(folder, 'f.svg'))]).toEqual([0, 255, 10])
  })

  it('draws a figure into each file that is named, and nothing where one cannot be drawn', async () => {
    const files = ['--figure', 'g.svg', '--figure', 'g.pdf']
    const { stderr } = await exitlab(['compare', '--output', 'g.txt', ...files], { client, workingFolder: folder })
    expect(stderr).toBe(`Wrote ${folder}/g.txt\nWrote ${folder}/g.svg\nWrote ${folder}/g.pdf\n`)
    const broken = ['--output', 'h.txt', '--figure', 'h.svg', '--figure', 'h.gif']
    expect((await exitlab(['compare', ...broken], { client, workingFolder: folder })).exitCode).toBe(2)
    expect(readdirSync(folder).filter((name) => name.startsWith('h.'))).toEqual([])
  })

  it('prints what is to be written to -', async () => {
    const printed = await exitlab(['compare', '--format', 'csv', '--output', '-'], { client, workingFolder: folder })
    expect(printed).toEqual({ exitCode: 0, stdout: 'csv bytes of budgets\n', stderr: '' })
  })

  it.each(['differences', 'optimism', 'exits'])('prints the bytes of the table of %s', async (table) => {
    const { stdout } = await exitlab(['compare', '--table', table, '--format', 'csv-wide'], { client })
    expect(stdout).toBe(`csv-wide bytes of ${table}\n`)
  })

  const question = { runs: ['a'], rule: 'entropy' }
  it.each([
    ['f.PDF', [], { figure: { reading: 'curve', question }, format: 'pdf', theme: 'light' }],
    ['f.png', ['--theme', 'dark'], { figure: { reading: 'curve', question }, format: 'png', theme: 'dark' }],
    ['f.svg', ['--table', 'optimism'], { figure: { reading: 'optimism', question }, format: 'svg', theme: 'light' }],
  ])('draws %s as its ending and the options say: %j', async (name, options, expected) => {
    const run = exitlab(['compare', 'a', '--figure', name, '--rule', 'entropy', '--format', 'csv', ...options], {
      client,
      workingFolder: folder,
    })
    expect((await run).exitCode).toBe(0)
    expect(drawn).toMatchObject(expected)
  })

  it('draws on multiply-adds, with a line for each seed, where that is asked for', async () => {
    const axis = ['--axis', 'multiply-adds', '--each-seed']
    await exitlab(['compare', 'a', '--figure', 'f.svg', ...axis], { client, workingFolder: folder })
    expect(drawn).toMatchObject({ figure: { reading: 'curve', question: { axis: 'multiply-adds', eachSeed: true } } })
    const { exitCode, stderr } = await exitlab(['compare', '--axis', 'seconds'], { client })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('share, multiply-adds')
  })

  it.each([
    ['5in', 360],
    ['10.16cm', 288],
    ['76.2mm', 216],
    ['144pt', 144],
  ])('takes widths in inches, centimetres, millimetres and points: %s', async (width, points) => {
    const options = ['--figure', 'f.svg', '--figure-width', width]
    await exitlab(['compare', 'a', ...options], { client, workingFolder: folder })
    expect(drawn).toMatchObject({ paper: { width: expect.closeTo(points, 9) as number } })
  })

  it('refuses a figure format that does not exist', async () => {
    const { exitCode, stderr } = await exitlab(['compare', '--figure', 'f.gif'], { client })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Expected a file name that ends in .svg, .pdf or .png.')
  })

  it('prints differences, significant ones marked, and a dash where no threshold fits the budget', async () => {
    const pair = { experiment: 'small', p: 0.01, untested: null, pairCount: 3 }
    const atBudgets: DifferencesAnswer['atBudgets'] = [
      { budget: 0.25, pairs: [] },
      {
        budget: null,
        pairs: [
          { ...pair, first: 'disjoint', second: 'joint', difference: -1.5, low: -2, high: -1, adjustedP: 0.02 },
          {
            ...{ ...pair, first: 'disjoint', second: 'mixed', difference: 0.25, untested: 'few-seeds', pairCount: 1 },
            ...{ low: null, high: null, p: null, adjustedP: null },
          },
        ],
      },
    ]
    const differences = { protocol: 'validation' as const, rule: 'confidence', atBudgets }
    const answering = fakeClient({
      'readings.ask': () => differences,
      'exports.readTable': () => differenceTable(differences),
    })
    const { stdout } = await exitlab(['compare', '--table', 'differences'], { client: answering })
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'Difference        25 %       Unlimited',
      'disjoint − joint     –    −1.50 ± 0.50 *',
      'disjoint − mixed     –            0.25‡',
    ])
    const { stdout: json } = await exitlab(['compare', '--table', 'differences', '--json'], { client: answering })
    expect(JSON.parse(json)).toEqual(atBudgets)
  })

  it('answers 8 where it cannot write', async () => {
    const { exitCode, stderr } = await exitlab(['compare', '--output', 'no/such/t.csv'], {
      client,
      workingFolder: folder,
    })
    expect(exitCode).toBe(8)
    expect(stderr).toMatch(/^exitlab: cannot write .*no\/such\/t.csv: there is no folder .*no\/such \(ENOENT\)/)
  })
})

describe('exitlab doctor', () => {
  it('lists findings with what to do, and exit code 10 if a check failed', async () => {
    const client = fakeClient({
      'system.doctor': () => [
        { check: 'engine', status: 'ok', detail: 'TensorFlow 2.21', remedy: null, command: null },
        { check: 'disk', status: 'error', detail: '3 MiB free', remedy: 'Free some space.', command: ['disk'] },
      ],
    })
    const { exitCode, stdout } = await exitlab(['doctor'], { client })
    expect(exitCode).toBe(10)
    expect(stdout).toBe('✓ engine  TensorFlow 2.21\n✗ disk    3 MiB free\n          → Free some space. exitlab disk\n')
  })

  it('ends well with warnings alone', async () => {
    const found = { check: 'disk', status: 'warning', detail: '3 GiB free', remedy: null, command: null }
    const { exitCode, stdout } = await exitlab(['doctor'], { client: fakeClient({ 'system.doctor': () => [found] }) })
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '! disk  3 GiB free\n' })
  })
})
