import { analyses as registry } from '../../../src/readings/analyses/index.ts'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { withReference } from '../../../scripts/experiment-reference.ts'
import { listedRun } from '../../../src/main/cli/commands/list.ts'
import { plannedJson } from '../../../src/main/cli/commands/plan.ts'
import { budgets } from '../../../src/readings/budgets/index.ts'
import { exitCodes } from '../../../src/shared/basics/exit-codes.ts'
import { parseExperiment } from '../../../src/main/host/experiments/file/read-experiment.ts'
import { experimentSchema } from '../../../src/main/host/experiments/file/schema.ts'
import { numericalRankParameters, numericalRankResult } from '../../../src/readings/analyses/numerical-rank/schema.ts'
import { exitlab, fakeRun, summary } from './support.ts'

const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
const commandLine = page('command-line.md')
const general = await exitlab(['--help'], { columns: 110 })
const commands = [...general.stdout.matchAll(/^ {2}([a-z][a-z-]*)(?:\|[a-z]+)? (?:\[|<| )/gm)]
  .map(([, name]) => name!)
  .filter((name) => name !== 'help')

const analyses = [...registry.names(), 'list', 'show', 'pause', 'resume', 'delete']

const commonOptions = commandLine.split('\n## ').find((section) => section.startsWith('Options that many'))!

/** The part of docs/command-line.md about one command. */
function sectionOf(name: string): string {
  return commandLine.split('\n### ').find((section) => section.startsWith(`\`exitlab ${name}`))!
}

describe('docs/command-line.md', () => {
  it('has a section for each command and no other', () => {
    const documented = [...commandLine.matchAll(/^### `exitlab ([a-z][a-z-]*)/gm)].map(([, name]) => name)
    expect(documented.toSorted()).toEqual(commands.toSorted())
    expect(commands.length).toBeGreaterThan(10)
  })

  it.each(commands)('names every argument and option of %s', async (name) => {
    const { stdout } = await exitlab(['help', name], { columns: 110 })
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+(?: <[A-Z]+>)?)/gm)].map(([, option]) => option!)
    for (const option of options) expect(commonOptions + sectionOf(name)).toContain(`\`${option}\``)
    const [, given = ''] = /^Usage: exitlab \S+ ?(?:\[options\])? ?(.*)$/m.exec(stdout)!
    expect(sectionOf(name).split('\n')[0]).toBe(`\`exitlab ${`${name} ${given.replaceAll(/[<>]/g, '')}`.trim()}\``)
  })

  it.each(analyses)('names every argument and option of analyse %s', async (name) => {
    const { stdout } = await exitlab(['analyse', name, '--help'], { columns: 110 })
    expect(sectionOf('analyse')).toContain(name)
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+(?: <[A-Z]+>)?)/gm)].map(([, option]) => option!)
    expect(options.length).toBeGreaterThan(2)
    for (const option of options) expect(commonOptions + sectionOf('analyse')).toContain(`\`${option}\``)
  })

  it('lists the tables of compare', async () => {
    const { stdout } = await exitlab(['help', 'compare'], { columns: 110 })
    const described = /--table <NAME> (.*?) \(default: "budgets"\)/.exec(stdout.replaceAll(/\s+/g, ' '))![1]!
    const names = [...described.matchAll(/(?:^|; )([a-z-]+): /g)].map(([, name]) => name!)
    expect(names).toEqual([...new Set(names)])
    const listed = [...sectionOf('compare').matchAll(/^\| `([a-z-]+)` /gm)].map(([, name]) => name!)
    expect(listed.toSorted()).toEqual(names.toSorted())
  })

  it('names the commands without --json', async () => {
    const help = await Promise.all([...commands, 'paper run'].map((name) => exitlab(['help', ...name.split(' ')])))
    const without = [...commands, 'paper run'].filter((_, at) => !help[at]!.stdout.includes('--json'))
    const [, named] = /every command but (.*) has it/.exec(commonOptions)!
    const groups = ['paper', 'analyse', 'depot']
    expect([...named!.matchAll(/`([a-z -]+)`/g)].map(([, name]) => name).toSorted()).toEqual(
      without.filter((name) => !groups.includes(name)).toSorted(),
    )
  })

  it('has the exit codes that the program answers', () => {
    const rows = [...commandLine.matchAll(/^\| +(\d+) +\| (.+?) +\|$/gm)].map(([, code, meaning]) => [
      Number(code),
      meaning,
    ])
    expect(rows).toEqual(Object.values(exitCodes).map(({ code, meaning }) => [code, meaning]))
  })

  it('shows the JSON that commands print', () => {
    const example = (name: string) => JSON.parse(/```json\n([^]*?)```/.exec(sectionOf(name))![1]!)
    const { parameters, analyses: analysed } = example('analyse')
    expect(numericalRankParameters.parse({})).toEqual(parameters)
    expect(numericalRankResult.parse(analysed[0].result)).toEqual(analysed[0].result)
    const plan = example('plan')
    expect(plannedJson({ ...plan, series: [], starts: [], phasesDone: 0, caveats: [] })).toEqual(plan)
    const latest = { epoch: 1, exits: [{ exit: 'final' as const, value: 1 }], imagesPerSecond: 1 }
    expect(shapeOf(example('list')[0])).toEqual(shapeOf(listedRun({ ...summary(fakeRun()), latest })))
    const compared = example('compare')
    const rows = compared.rows.map((row: { cells: ({ macs: number } | null)[] }) => ({
      ...row,
      cells: row.cells.map((cell) => cell && { ...cell, cost: cell.macs }),
      series: 'mixed',
      look: null,
      backboneCost: 1,
      seedCells: [],
    }))
    const { readOn, thresholdsOn, ...answer } = compared
    expect(budgets.json({ ...answer, rows, readSamples: { readOn, thresholdsOn } })).toEqual(compared)
  })
})

/** The keys of a value with the type of each leaf. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shapeOf(child)]))
}

describe('all documents', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const documents = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })]
  const codes = documents.flatMap((file) =>
    [...readFileSync(root + file, 'utf8').matchAll(/```[^]*?```|`[^`\n]+`/g)].map(([code]) => ({ file, code })),
  )
  const named = (pattern: RegExp) =>
    codes.flatMap(({ file, code }) => [...code.matchAll(pattern)].map(([, name]) => ({ file, name: name! })))

  it('name commands that there are', () => {
    const found = named(/(?:^|[`$./] ?|npx )exitlab ([a-z][a-z-]*)\b/gm)
    expect(found.filter(({ name }) => ![...commands, 'help'].includes(name))).toEqual([])
    expect(found.length).toBeGreaterThan(50)
  })

  it('name tasks that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> }
    const found = named(/npm run ([a-z:]+)/g)
    expect(found.filter(({ name }) => !(name in scripts))).toEqual([])
    expect(found.length).toBeGreaterThan(20)
  })
})

describe('CHANGELOG.md', () => {
  it.each(commands)('mentions %s', (name) => {
    const text = readFileSync(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8')
    expect(text).toContain(`\`${name}\``)
  })
})

describe('docs/experiment-file.md', () => {
  const text = page('experiment-file.md')

  it('has the reference that the schema gives (else run: npm run schema)', () => {
    expect(text).toBe(withReference(text, experimentSchema))
    expect(text).toContain('**`earlyStopping.patience`**')
  })

  it('shows an experiment that can be run', () => {
    const [, example] = /```yaml\n([^]*?)```/.exec(text)!
    expect(parseExperiment(example!, 'example.yaml').regimes).toEqual(['disjoint', 'joint', 'mixed'])
  })

  it('shows the message that a misspelt word gets', () => {
    const good = ['', '', '', 'name: x', 'data: { source: mnist }', 'network: { family: resnet, variant: resnet18 }']
    const [, message] = /exitlab: (1 problem in [^]*?)```/.exec(text)!
    const source = [...good, 'regimes: [disjoint, jont]'].join('\n')
    expect(() => parseExperiment(source, 'experiment.yaml')).toThrow(message!.trimEnd())
  })
})
