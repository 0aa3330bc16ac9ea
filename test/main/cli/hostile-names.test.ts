import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { runCommandLine } from '../../../src/main/cli/program.ts'
import { openHost, type Host } from '../../../src/main/host/open/index.ts'
import { tableFormats } from '../../../src/contract/exports.ts'
import { readings } from '../../../src/readings/index.ts'
import { visible } from '../../../src/shared/text/visible.ts'
import { experiment, hostSettings, until } from '../host/support.ts'
import { writeScript } from '../../support/fake-trainer/script.ts'
import { experimentText, fakeContext, type FakeOptions } from './support.ts'

/** Would wipe lines, set the title, ring, write a line of its own, colour, turn the direction, and hide. */
const hostile = 'a\u001b[2K\u001b]0;t\u0007\r\nforged: a line\u2028\u009b31m\u202e\u200b\u00ad\ud800z'
/** As a path may have it. */
const inPath = hostile.replace('\ud800', '')

const root = mkdtempSync(join(tmpdir(), 'exitlab-hostile-'))
const folder = join(root, inPath)
const at = (...names: string[]) => join(folder, ...names)
let host: Host

afterAll(async () => {
  await host.close()
  rmSync(root, { recursive: true })
})

/** All that a command writes, and its exit code. */
async function run(args: readonly string[], options: FakeOptions = {}): Promise<{ exitCode: number; text: string }> {
  const fake = fakeContext({ ...options, workingFolder: folder })
  const connect = async () => ({
    client: host.client,
    workspace: at('workspace'),
    [Symbol.asyncDispose]: async () => {},
  })
  const exitCode = await runCommandLine(args, { ...fake.context, connect }, '9.9.9')
  return { exitCode, text: fake.written.stdout + fake.written.stderr }
}

function expectHarmless(text: string): void {
  expect(text).not.toBe('')
  expect(/.*(?!\n|\t)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}].*/u.exec(text)?.[0]).toBeUndefined()
  expect(text).not.toMatch(/^forged/m)
}

/** Every command, those of groups too, as `analyse list`. */
async function commandsIn(group: readonly string[] = []): Promise<string[][]> {
  const { text: help } = await run(['help', ...group])
  const listed = /\nCommands:\n([^]*?)(?:\n\n|$)/.exec(help)?.[1] ?? ''
  const names = [...listed.matchAll(/^ {2}([a-z][a-z-]*)(?:\|\S+)?(?= |$)/gm)].map(([, name]) => name!)
  const own = names.filter((name) => name !== 'help').map((name) => [...group, name])
  return (await Promise.all(own.map(async (each) => [each, ...(await commandsIn(each))]))).flat()
}

beforeAll(async () => {
  for (const name of ['fake', 'images/cat\u001b[2Jx', 'images/dog\nforged']) mkdirSync(at(name), { recursive: true })
  writeScript(at('fake'), {})
  host = await openHost({ ...hostSettings(at('workspace'), at('fake')), train: true })
  const { file } = experiment({
    name: hostile,
    regimes: ['joint', { name: hostile.slice(0, 60), phases: [{ trains: 'all' }] }],
  } as never)
  const data = { ...file.data, path: at('images') }
  const { runs } = await host.client.experiments.create({ file: { ...file, data }, source: null, folder })
  await until(async () => (await host.client.runs.list({})).every(({ status }) => status === 'done'))
  for (const { id } of runs) await host.client.runs.note({ run: id, note: hostile })
  await host.client.runs.tag({ runs: runs.map(({ id }) => id), add: [hostile], remove: [] })
  const small = {
    ...(parse(experimentText) as object),
    name: `b${inPath}`,
    data: { source: 'mnist', path: at('images') },
  }
  writeFileSync(at('small.yaml'), stringify(small))
  writeFileSync(at('log.csv'), `"epoch","val_acc_exit_0","val_acc_exit_1","${inPath}"\r\n1,0.5,0.6,0.7\r\n`)
})

/** The experiment, as the store has its name. */
const experimentName = async (): Promise<string> => (await host.client.runs.list({}))[0]!.experiment

describe('what no command obeys', () => {
  test('in its arguments, in any number of them', async () => {
    const commands = await commandsIn()
    expect(commands.length).toBeGreaterThan(45)
    for (const command of commands)
      for (const args of [[hostile], [hostile, hostile], [`--${hostile}`]])
        expectHarmless((await run([...command, ...args])).text)
  })

  test('in tables of every reading', async () => {
    for (const [table, { hasTable }] of readings.entries())
      if (hasTable) expectHarmless((await run(['compare', await experimentName(), '--table', table])).text)
  })

  test.each([...tableFormats, 'json', 'text'])('in %s on a terminal', async (format) => {
    const { exitCode, text } = await run(['compare', await experimentName(), '--format', format], { isTerminal: true })
    expectHarmless(text)
    expect(exitCode).toBe(0)
  })

  test.each([
    ['list'],
    ['list', '--json'],
    ['show', 'RUN', '--log', '50'],
    ['show', 'RUN', '--json'],
    ['best', 'RUNS'],
    ['compare', 'RUNS'],
    ['status'],
    ['disk'],
    ['doctor'],
    ['settings'],
    ['regimes'],
    ['plan', 'small.yaml', '--no-calibrate'],
    ['run', 'small.yaml'],
    ['more-seeds', 'RUNS', '--seeds', '1'],
    ['latency', 'RUN'],
    ['analyse', 'numerical-rank', 'RUN'],
    ['analyse', 'list'],
    ['export', 'RUN', 'exported'],
    ['report', 'RUNS', 'report'],
    [
      'import',
      'log.csv',
      '--name',
      'NAME',
      '--experiment',
      'NAME',
      '--map',
      'metric=val_acc_exit_*',
      '--costs',
      '50,100',
    ],
    ['import', 'list'],
    ['depot', 'add', 'small.yaml', 'depot'],
    ['depot', 'verify', 'depot'],
    ['search', 'small.yaml', '--budget', '50', '--hours', '1'],
    ['search'],
    ['paper', 'status'],
    ['pause', '--all'],
    ['delete', 'RUNS'],
    ['restore', 'RUNS'],
    ['delete', 'RUNS'],
    ['purge', 'RUNS'],
  ])('in names, tags, notes, classes and paths: %s %s', async (...words) => {
    const runs = [...(await host.client.runs.list({})), ...(await host.client.runs.list({ deleted: true }))]
    const meant: Record<string, string> = {
      RUN: runs[0]?.id ?? hostile,
      RUNS: runs[0]?.experiment ?? hostile,
      NAME: hostile,
    }
    const args = words.map((word) => meant[word] ?? (word.endsWith('.yaml') ? at(word) : word))
    const { exitCode, text } = await run(args)
    expectHarmless(text)
    expect(exitCode, visible(text)).toBe(0)
  })
})

test('text reaches a stream by one function, and nothing but bytes and moves of the cursor as it is', () => {
  const cwd = new URL('../../../src/main/cli/', import.meta.url)
  const writers = globSync('**/*.ts', { cwd }).filter((file) =>
    /\.writeAsIs\b|process\.std(out|err)\.write|console\./.test(readFileSync(new URL(file, cwd), 'utf8')),
  )
  expect(writers.toSorted()).toEqual(['context.ts', 'lost-output.ts', 'progress/display.ts'])
})
