import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BudgetsAnswer } from '../../../src/readings/budgets/schema.ts'
import type { HostEvent } from '../../../src/shared/phases/events.ts'
import type { RunDetail } from '../../../src/contract/run-detail.ts'
import type { ConnectOptions, Signal } from '../../../src/main/cli/context.ts'
import { runCommandLine } from '../../../src/main/cli/program.ts'
import { table as budgetTable } from '../../../src/readings/budgets/table.ts'
import {
  scores,
  epochEvent,
  exitlab,
  experimentText,
  fakeClient,
  fakeContext,
  type FakeOptions,
  fakeRun,
  progressEvent,
  runEvent,
  summary,
} from './support.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-run-'))
  file = join(folder, 'small.yaml')
  writeFileSync(file, experimentText)
})
afterAll(() => rmSync(folder, { recursive: true }))

const queued = fakeRun()
const running = fakeRun({ status: 'running', phases: withStatus('running', 'queued') })
const heads = fakeRun({ status: 'running', phases: withStatus('done', 'running') })
const done = fakeRun({ status: 'done', scores, phases: withStatus('done', 'done') })

function withStatus(...statuses: RunDetail['phases'][number]['status'][]): RunDetail['phases'] {
  return fakeRun().phases.map((phase, index) => ({ ...phase, status: statuses[index]! }))
}

interface HostAnswers {
  shown?: readonly RunDetail[]
  later?: readonly RunDetail[]
  ahead?: number
  /** Runs of others that wait; undefined: the host is in another process. */
  others?: number
}

/**
 * A host that finds these runs, shows them as `shown` once they are awake and as `later` when it is asked again, has so many
 * others `ahead` of them, and tells these events; `asked` are the calls it got.
 */
function host(
  events: readonly HostEvent[],
  runs: readonly RunDetail[] = [queued],
  { shown = runs, later = runs, ahead = 0, others }: HostAnswers = {},
) {
  const asked: [string, unknown][] = []
  const noted =
    <T>(name: string, answer: T) =>
    (input: unknown): T => {
      asked.push([name, input])
      return answer
    }
  const client = fakeClient({
    'events.follow': () =>
      (async function* () {
        yield* events
      })(),
    'experiments.create': noted('create', { id: 'e', created: true, runs: runs.map(summary) }),
    'experiments.settings': () => ({ eeee: { common: { 'training.epochs': 4 }, series: {} } }),
    'runs.summaries': (input: { ids: string[] }) => {
      const again = asked.some(([name]) => name === 'summaries')
      asked.push(['summaries', input])
      return (again ? later : shown).filter(({ id }) => input.ids.includes(id)).map(summary)
    },
    'queue.ahead': noted('ahead', ahead),
    'runs.resume': noted('resume', { runs: [] }),
    'runs.retry': noted('retry', { runs: [] }),
    'runs.pause': noted('pause', { runs: [] }),
    ...(others !== undefined && {
      'system.info': () => ({ host: { pid: process.pid, executor: 'local', depot: null } }),
      'system.status': () => ({ runs: { queued: others, running: 0 } }),
    }),
  })
  return { client, asked }
}

const wholeRun = [
  runEvent(running),
  progressEvent(queued.id, 'p1'),
  epochEvent(queued.id, 'p1', { epoch: 1, exits: [0.81] }),
  runEvent(heads),
  epochEvent(queued.id, 'p2', { epoch: 1, exits: [0.7, 0.75, 0.81] }),
  runEvent(done),
]

const run = (options: FakeOptions, ...more: string[]) => exitlab(['run', file, ...more], options)

describe('exitlab run, into a pipe', () => {
  it('writes a line for each epoch and each change, and what to do next', async () => {
    const { exitCode, stdout, stderr } = await run(host(wholeRun))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout.replace(/in \d+ s/, 'in 0 s')).toBe(`disjoint, seed 1: running
disjoint, seed 1: backbone | epoch 1 of 4 | 5,120 samples/s | validation final 81.00 % | at most 13 s left
disjoint, seed 1: heads | epoch 1 of 4 | 5,120 samples/s | validation exit 0 70.00, exit 1 75.00, final 81.00 % | at most 8 s left
disjoint, seed 1: done, test exit 0 69.00, exit 1 79.00, final 89.15 %
1 run done in 0 s.
Compare the regimes with: exitlab compare small
`)
  })

  it.each([
    [0, ''],
    [
      1,
      'Another run stays in the queue: an open workbench goes on with it, else the next exitlab serve or run does.\n',
    ],
    [
      1200,
      '1,200 other runs stay in the queue: an open workbench goes on with them, else the next exitlab serve or run does.\n',
    ],
  ])('says that %i runs of others wait once it ends', async (others, expected) => {
    expect((await run(host(wholeRun, [queued], { others }))).stderr).toBe(expected)
  })

  it('writes nothing at all with --quiet', async () => {
    expect(await run(host(wholeRun), '--quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  it('passes workspace, parallelism and device on', async () => {
    let connected: ConnectOptions | undefined
    await run(
      { ...host(wholeRun), connected: (options) => (connected = options) },
      ...['--workspace', '/w', '--parallel', '2', '--device', 'cuda:1'],
    )
    expect(connected).toEqual({ command: 'run', purpose: 'train', workspace: '/w', parallel: 2, device: 'cuda:1' })
  })

  it('names the option that replaces --gpu, and refuses an unknown device', async () => {
    const former = await run(host(wholeRun), '--gpu')
    expect(former.exitCode).toBe(2)
    expect(former.stderr).toContain("unknown option '--gpu' is now --device cuda")
    expect((await run(host(wholeRun), '--device', 'tpu')).stderr).toContain('Expected cpu, cuda (any NVIDIA card)')
  })

  it('resumes what was paused, stopped or failed before', async () => {
    const runs = (['paused', 'stopped', 'failed'] as const).map((status, index) =>
      fakeRun({ id: `r${index}`, seed: index, status }),
    )
    const finished = runs.map((each) => runEvent({ ...each, status: 'done', scores }))
    const started = runs.map((each) => runEvent({ ...each, status: 'running' }))
    const awake = runs.map((each) => ({ ...each, status: 'queued' as const }))
    const { client, asked } = host([...started, ...finished], runs, { shown: awake })
    expect((await run({ client })).exitCode).toBe(0)
    expect(asked.slice(1, 3)).toEqual([
      ['resume', { runs: ['r0', 'r1'] }],
      ['retry', { runs: ['r2'] }],
    ])
  })

  it('asks for thousands of runs a page at a time', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => fakeRun({ ...done, id: `r${index}`, position: index }))
    const { client, asked } = host([], many)
    expect((await run({ client })).stdout).toMatch(/^2,500 runs trained already\.\n/)
    const pages = asked.flatMap(([name, input]) =>
      name === 'summaries' ? [(input as { ids: string[] }).ids.length] : [],
    )
    expect(pages).toEqual([1000, 1000, 500])
  })

  it('says so at once where everything is done already', async () => {
    const { exitCode, stdout } = await run(host([], [done]))
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^1 run trained already\.\n/)
  })

  it('says how many runs of others are trained first', async () => {
    const { client, asked } = host(wholeRun, [queued], { ahead: 2 })
    const { stdout } = await run({ client })
    expect(asked).toContainEqual(['ahead', { run: queued.id }])
    expect(stdout).toMatch(/^2 other runs ahead in the queue\.\n/)
  })

  it('gives hints as the launcher says that it is called', async () => {
    const { stdout } = await run({ ...host(wholeRun), environment: { EXITLAB_COMMAND: './exitlab' } })
    expect(stdout).toContain('Compare the regimes with: ./exitlab compare small\n')
  })

  it('requests events again that it may have missed', async () => {
    const { client, asked } = host([{ type: 'reset', cursor: '1' }, runEvent(done)])
    expect((await run({ client })).exitCode).toBe(0)
    expect(asked.filter(([name]) => name === 'summaries')).toHaveLength(2)
  })

  const joint = fakeRun({ id: 'cccc2222dddd', regime: 'joint', position: 2 })

  it.each<[string, HostEvent]>([
    ['deleted', runEvent({ ...joint, deleted: true })],
    ['purged', { type: 'purged', cursor: '2', run: joint.id }],
  ])('stops waiting for a run that becomes %s', async (_, event) => {
    const { exitCode, stdout, stderr } = await run(host([event, runEvent(done)], [queued, joint]))
    expect(exitCode).toBe(10)
    expect(stdout).toContain('joint, seed 1: deleted\n')
    expect(stderr).toBe(`2 runs: 1 done, 1 deleted. Resume with: exitlab run ${file}\n`)
  })

  it('stops waiting for a run that no longer exists', async () => {
    const reset: HostEvent = { type: 'reset', cursor: '1' }
    const { stderr } = await run(host([reset], [queued, joint], { later: [done] }))
    expect(stderr).toContain('2 runs: 1 done, 1 deleted.')
  })

  it('counts the epochs of a phase that has a maximum of its own', async () => {
    const epoch = epochEvent(queued.id, 'p1', { epoch: 5, exits: [0.81] }) as Extract<HostEvent, { type: 'epoch' }>
    const { stdout } = await run(host([{ ...epoch, maxEpochs: 9 }, runEvent(done)]))
    expect(stdout).toContain('backbone | epoch 5 of 9 |')
  })

  it('reports a phase that is trained for a run of another experiment', async () => {
    const other = epochEvent('eeee3333ffff', 'p1', { epoch: 1, exits: [0.81] })
    const stranger = epochEvent('eeee3333ffff', 'p9', { epoch: 1, exits: [0.81] })
    const { stdout } = await run(host([progressEvent('eeee3333ffff', 'p1'), other, stranger, runEvent(done)]))
    expect(stdout.match(/epoch 1 of 4/g)).toHaveLength(1)
    expect(stdout).toContain('disjoint, seed 1: backbone | epoch 1 of 4')
  })

  it('answers 10 where a run failed, with the reason and how to try again', async () => {
    const failed = fakeRun({ status: 'failed', error: 'the loss is no \u001b[2Jnumber' })
    const { exitCode, stderr } = await run(host([runEvent(running), runEvent(failed)]))
    expect(exitCode).toBe(10)
    expect(stderr).toBe(
      `exitlab: small/disjoint/1 failed: the loss is no \\u001b[2Jnumber\n1 run: 0 done, 1 failed. Try again with: exitlab run ${file}\n`,
    )
  })

  it('says how to try again with the settings that it had', async () => {
    const failed = fakeRun({ status: 'failed', error: 'the loss is no number' })
    const settings = ['--workspace', '/a b', '--parallel', '2', '--device', 'cuda']
    const { stderr } = await run(host([runEvent(running), runEvent(failed)]), ...settings)
    expect(stderr).toContain(`exitlab run ${file} --workspace '/a b' --parallel 2 --device cuda\n`)
  })

  it('refuses two broken files with the problems of both', async () => {
    const [a, b] = ['a.yaml', 'b.yaml'].map((name) => join(folder, name)) as [string, string]
    writeFileSync(a, 'name: a\n')
    writeFileSync(b, 'name: b\n')
    const { exitCode, stderr } = await exitlab(['run', a, b])
    expect(exitCode).toBe(3)
    expect(stderr).toContain(`problems in ${a}`)
    expect(stderr).toContain(`problems in ${b}`)
  })
})

describe('exitlab run, interrupted', () => {
  /** Trains until `signals` have come one after the other, then goes on with `after`. */
  async function interrupted(signals: Signal[], after: HostEvent[]) {
    const fake = fakeContext({})
    const { asked, client } = host([])
    const events = (async function* () {
      yield runEvent(running)
      for (const signal of signals) fake.signal(signal)
      yield* after
    })()
    /** Nothing is trained before the runs are queued. */
    const follow = async () =>
      asked.some(([name]) => name === 'create') ? events : (async function* (): AsyncGenerator<HostEvent> {})()
    fake.context.connect = async () => ({
      client: new Proxy(client, {
        get: (target, key) => (key === 'events' ? { follow } : Reflect.get(target, key)),
      }),
      workspace: '/w',
      [Symbol.asyncDispose]: async () => {},
    })
    return { exitCode: await runCommandLine(['run', file], fake.context, '1'), asked, ...fake }
  }
  const paused = fakeRun({ status: 'paused' })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s pauses what is open and answers %i', async (signal, expected) => {
    const { exitCode, asked, written } = await interrupted([signal], [runEvent(paused)])
    expect(exitCode).toBe(expected)
    expect(asked).toContainEqual(['pause', { runs: [queued.id] }])
    expect(written.stdout).toContain('Pausing: writing a checkpoint.')
    expect(written.stderr).toBe(`1 run: 0 done, 1 paused. Resume with: exitlab run ${file}\n`)
  })

  it('ends at once where jobs of a cluster train, though nothing happens while they wait', async () => {
    const fake = fakeContext({})
    const { client, asked } = host([])
    const waiting = Promise.withResolvers<void>()
    /** Tells nothing until it is ended. */
    const follow = async (_: unknown, options?: { signal: AbortSignal }) =>
      (async function* (): AsyncGenerator<HostEvent> {
        if (asked.some(([name]) => name === 'summaries')) waiting.resolve()
        await new Promise((resolve) => options?.signal.addEventListener('abort', resolve))
      })()
    const info = async () => ({ host: { executor: 'slurm' } })
    const silent = { events: { follow }, system: { info } }
    fake.context.connect = async () => ({
      client: new Proxy(client, { get: (target, key) => Reflect.get(key in silent ? silent : target, key) }),
      workspace: '/w',
      [Symbol.asyncDispose]: async () => {},
    })
    const ended = runCommandLine(['run', file], fake.context, '1')
    await waiting.promise
    fake.signal('SIGINT')
    expect(await ended).toBe(130)
    expect(asked.map(([name]) => name)).not.toContain('pause')
    expect(fake.written.stderr).toBe(`1 run: 0 done. Follow them with: exitlab run ${file}\n`)
  })

  it.each([
    [['--executor', 'external'], { executor: 'external', depot: null }, 'The executor external needs a depot'],
    [['--depot', '/d'], { executor: 'local', depot: '/d' }, '--depot is for the executors slurm and external'],
  ])('refuses %j where depot and executor do not fit, before anything is queued', async (options, host, message) => {
    const client = fakeClient({ 'system.info': () => ({ host }) })
    const { exitCode, stderr } = await exitlab(['run', file, ...options], { client })
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) })
  })

  it('ends at once on a second interruption', async () => {
    const { aborted } = await interrupted(['SIGINT', 'SIGINT'], [runEvent(paused)])
    expect(aborted).toEqual([130])
  })

  it('is not ended by a terminal that hangs up twice', async () => {
    const { exitCode, aborted } = await interrupted(['SIGHUP', 'SIGHUP'], [runEvent(paused)])
    expect({ exitCode, aborted }).toEqual({ exitCode: 129, aborted: [] })
  })
})

describe('exitlab run, on a terminal', () => {
  it('redraws its own lines, and restores the cursor', async () => {
    const { stdout } = await run({ ...host(wholeRun), isTerminal: true, columns: 80 })
    expect(stdout).toContain('\u001b[?25l')
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l'))
    expect(stdout).toContain('✓ done     disjoint, seed 1  test 89.15 %')
  })

  it('writes plain lines on a dumb terminal', async () => {
    const { stdout } = await run({ ...host(wholeRun), isTerminal: true, environment: { TERM: 'dumb' } })
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain('epoch 1 of 4')
  })
})

describe('exitlab quickstart', () => {
  const comparison: BudgetsAnswer = {
    protocol: 'validation',
    rule: 'confidence',
    budgets: [0.25],
    rows: [
      {
        experiment: 'quickstart',
        regime: 'joint',
        series: 'joint',
        look: null,
        seeds: [1],
        runs: ['r'],
        backboneCost: 1,
        seedCells: [],
        cells: [null],
      },
    ],
  }

  it('ends with the comparison and the files that it wrote', async () => {
    const { client } = host(wholeRun)
    const answers = fakeClient({
      'exports.readTable': ({ table }: { table: { question: { runs: string[] } } }) => (
        expect(table.question.runs).toEqual([queued.id]),
        budgetTable(comparison, { eachSeed: false, unit: 'macs' })
      ),
      'exports.table': ({ format }: { format: string }) => ({ name: 't', bytes: new Blob([`${format}\n`]) }),
      'exports.figure': () => ({ name: 'f', bytes: new Blob(['<svg/>']) }),
    })
    const both = new Proxy(client, {
      get: (target, key) =>
        Reflect.get(['evaluations', 'exports'].includes(String(key)) ? answers : target, key) as unknown,
    })
    let connected: ConnectOptions | undefined
    const { exitCode, stdout, stderr } = await exitlab(['quickstart', '--device', 'cuda'], {
      client: both,
      workingFolder: folder,
      connected: (options) => (connected = options),
    })
    expect(connected).toEqual({ command: 'quickstart', purpose: 'train', workspace: undefined, device: 'cuda' })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('\nRegime  25 %')
    expect(stdout).toMatch(/Written:\n( {2}results\/quickstart\/[a-z.]+\n){3}\nThe runs are stored in \/workspace; /)
    expect(stdout).toMatch(/ {2}exitlab plan FILE\n {2}exitlab run FILE\n$/)
    const results = join(folder, 'results', 'quickstart')
    expect(
      stderr.startsWith(`The comparison will be written to ${results} (--results chooses another folder).\n`),
    ).toBe(true)
    expect(readFileSync(join(results, 'comparison.csv'), 'utf8')).toBe('csv\n')
    expect(readFileSync(join(results, 'comparison.tex'), 'utf8')).toBe('latex\n')
    expect(existsSync(join(results, 'curves.svg'))).toBe(true)
  })

  it('says how to continue with the options that it was started with', async () => {
    const failed = [runEvent(fakeRun({ status: 'failed', error: 'the loss is no number' }))]
    const started = { ...host(failed), workingFolder: folder, environment: { npm_lifecycle_event: 'quickstart' } }
    const { stderr } = await exitlab(['quickstart', '--device', 'cuda'], started)
    expect(stderr).toContain('Try again with: npm run quickstart -- --device cuda\n')
    expect(stderr).toContain('--results chooses another folder')
  })

  it('answers 8 before it trains where it cannot write its results', async () => {
    const { exitCode, stderr } = await exitlab(['quickstart', '--results', join(file, 'inside')])
    expect(exitCode).toBe(8)
    expect(stderr).toMatch(/^exitlab: .*small.yaml\/inside is below .*small.yaml, which is a file and not a folder/)
  })
})
