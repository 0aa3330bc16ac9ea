import { measuredCosts, measuredKinds, type CostKind } from '../../shared/evaluation/cost-kind.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { deviceName } from '../../shared/phases/device.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { exitRuleOf, exitRules } from '../../engine/exits/index.ts'

export interface WorkspaceOption {
  workspace?: string
}

export interface JsonOption {
  json?: boolean
}

const workspaceOption = [
  '--workspace <DIR>',
  "folder of runs and results (default: $EXITLAB_WORKSPACE, else the platform's data folder)",
] as const

/** Options of every command that uses a workspace. */
export function withWorkspace(command: Command): Command {
  return command.option(...workspaceOption)
}

/** The workspace option is also accepted before the command. */
export function withWorkspaceInFront(program: Command): Command {
  return program.option(...workspaceOption).hook('preAction', (_, command) => {
    const { workspace } = program.opts<WorkspaceOption>()
    if (workspace !== undefined && command.opts<WorkspaceOption>().workspace === undefined) {
      command.setOptionValue('workspace', workspace)
    }
  })
}

/** Refuses an argument or an option without a text, such as an unset variable in quotes. */
export function withoutEmptyArguments(program: Command): Command {
  return program.hook('preAction', (_, command) => {
    if (command.args.includes('')) command.error('an argument is empty')
    for (let each: Command | null = command; each !== null; each = each.parent) refuseEmptyOptions(each)
  })
}

function refuseEmptyOptions(command: Command): void {
  const empty = command.options.find((option) => command.getOptionValue(option.attributeName()) === '')
  if (empty) command.error(`the argument of option '${empty.flags}' is empty`)
}

/** Options that may be given several times. */
const repeatables = new WeakSet<Option>()

export function repeatable(option: Option): Option {
  repeatables.add(option)
  return option
}

/** Refuses two values of an option that has one, of which the first would be dropped without a word. */
export function withoutRepeatedOptions(command: Command): void {
  for (const option of command.options) {
    if (option.isBoolean() || option.variadic || repeatables.has(option)) continue
    const given = new Set<string>()
    command.on(`option:${option.name()}`, (value: string) => {
      if (given.add(value).size > 1)
        command.error(`error: option '${option.flags}' was given twice, ${[...given].join(' and ')}: give it once`)
    })
  }
  command.commands.forEach(withoutRepeatedOptions)
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON (docs/command-line.md)')
}

/** Examples at the end of a command's help, each with its description. */
export function withExamples(command: Command, examples: readonly Example[]): Command {
  return command.addHelpText('after', () => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? 80
    return ['', 'Examples:', ...exampleLines(examples, width)].join('\n')
  })
}

/** A command line and its description. */
type Example = readonly [line: string, does: string]

/** Examples in two columns, or below each other if they are too wide. */
export function exampleLines(examples: readonly Example[], width: number): string[] {
  const longest = Math.max(...examples.map(([line]) => line.length))
  const beside = examples.map(([line, does]) => `  ${line.padEnd(longest)}   ${does}`)
  if (beside.every((line) => line.length <= width)) return beside
  return examples.flatMap(([line, does]) => [`  ${line}`, `      ${does}`])
}

export function positiveInteger(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('Expected a whole number above 0.')
  }
  return value
}

export function positiveNumber(text: string): number {
  const value = Number(text)
  if (/^(\d+(\.\d*)?|\.\d+)$/.test(text) && value > 0 && value < Infinity) return value
  throw new InvalidArgumentError('Expected a number above 0, such as 3 or 0.5.')
}

/** Accepted by `--parallel`. */
export function withParallel(command: Command, fallback = 'auto'): Command {
  const words = `runs trained at once; auto: as many as processors and memory allow (default: ${fallback})`
  return command.option('--parallel <N>', words, (text) => (text === 'auto' ? text : positiveInteger(text)))
}

/** What trains on this machine. `fallback`: what it is by default. */
export function withDevice(command: Command, fallback = 'the setting of the workspace'): Command {
  return command.option('--device <NAME>', `cpu, cuda (any NVIDIA card) or cuda:N (default: ${fallback})`, (text) => {
    const { data, error } = deviceName.safeParse(text)
    if (error) throw new InvalidArgumentError('Expected cpu, cuda (any NVIDIA card) or cuda:N (one of them).')
    return data
  })
}

/** An exit rule; `of` says whose it is where that is not clear. */
export function ruleOption(of = ''): Option {
  const description = `exit rule${of}: ${exitRules.names().join(', ')}; a parameter follows a colon: difference:patience=2 (docs/method.md, section 7; default: confidence; of a regression static)`
  return new Option('--rule <RULE>', description).argParser(exitRule)
}

function exitRule(text: string): string {
  try {
    return exitRuleOf(text).reference
  } catch (error) {
    throw error instanceof ExitlabError ? new InvalidArgumentError(error.message) : error
  }
}

/** Budgets of one kind: shares of the backbone's cost as `budgetList` reads them, multiply-adds (`20M`), or milliseconds (`1.5ms`). */
export interface Budgets {
  budgets: (number | null)[]
  /** Unset: shares. */
  budgetsIn?: 'cost'
  cost?: CostKind
}

const prefixes = { k: 1e3, m: 1e6, g: 1e9 } as const
const isPrefix = (unit: string): unit is keyof typeof prefixes => unit in prefixes

/** `ms` */
const measuredUnits = measuredKinds.map((kind) => measuredCosts[kind].unit)
const costBudget = new RegExp(`^(\\d+(?:\\.\\d+)?|\\.\\d+)\\s*(${[...measuredUnits, '[kmg]'].join('|')})$`, 'i')

/** Budgets from a list such as `25,50`, `20M,1.5G` or `0.5ms,2ms`. */
export function budgetsOfAKind(text: string): Budgets {
  const words = text.split(',').map((part) => costBudget.exec(part.trim()))
  if (words.every((match) => match === null)) return { budgets: budgetList(text) }
  const costs = words.map((match) => ({ value: Number(match?.[1]), unit: match?.[2]?.toLowerCase() ?? '' }))
  const kind =
    measuredKinds.find((each) => costs.every(({ unit }) => unit === measuredCosts[each].unit.toLowerCase())) ?? 'macs'
  if (kind !== 'macs') return { budgets: costs.map(({ value }) => value), budgetsIn: 'cost', cost: kind }
  const budgets = costs.map(({ value, unit }) => (isPrefix(unit) ? value * prefixes[unit] : NaN))
  if (budgets.some(Number.isNaN)) throw new InvalidArgumentError(ofOneKind)
  return { budgets, budgetsIn: 'cost', cost: 'macs' }
}

const ofOneKind = `Expected budgets of one kind: all in %, all in multiply-adds (20M) or all in ${measuredUnits.join(' or all in ')}.`

/** One budget in % of the backbone's cost, as a fraction. */
export function budget(text: string): number {
  const [value, ...others] = budgetList(text)
  if (typeof value === 'number' && others.length === 0) return value
  throw new InvalidArgumentError('Expected a percentage such as 50.')
}

/**
 * Budgets from a list such as `25,50,100,unlimited`: in % of the backbone's cost, with or without %. The answer holds
 * fractions, and null for Unlimited.
 */
export function budgetList(text: string): (number | null)[] {
  return text.split(',').map((part) => {
    const word = part.trim().toLowerCase()
    if (['unlimited', 'inf', 'infinity', 'null'].includes(word)) return null
    const match = /^(\d+(?:\.\d+)?|\.\d+)\s*%?$/.exec(word)
    const value = Number(match?.[1])
    if (match === null || value === 0 || value === Infinity)
      throw new InvalidArgumentError('Expected percentages above 0, such as 25,50,75,100,unlimited.')
    return value / 100
  })
}
