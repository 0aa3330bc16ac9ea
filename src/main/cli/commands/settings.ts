import type { Command } from 'commander'
import type { Settings } from '../../../contract/system.ts'
import { datasets } from '../../../datasets/index.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { nearestWord } from '../../../shared/text/nearest-word.ts'
import { type Context, print, printJson } from '../context.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'

export function addSettings(program: Command, context: Context): void {
  const command = program
    .command('settings')
    .description('print or change the settings of a workspace')
    .argument('[CHANGES...]', 'such as executor=slurm or slurm.time=4:00:00; an empty value: the default')
    .action((changes: string[], options: WorkspaceOption & JsonOption) => settings(context, changes, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab settings', 'all of them'],
    ['exitlab settings executor=slurm depot=/nfs/you/depot', 'train by jobs of a cluster'],
    ['exitlab settings dataFolders.cifar100=/nfs/data/cifar-100-python.tar.gz', 'where a data set lies'],
    ["exitlab settings 'slurm.flags=--qos=low --exclude=n7'", 'further options of sbatch'],
  ])
}

async function settings(
  context: Context,
  changes: readonly string[],
  { workspace, json }: WorkspaceOption & JsonOption,
): Promise<void> {
  const purpose = changes.length === 0 ? 'read' : 'control'
  await using connection = await context.connect({ purpose, workspace })
  const { system } = connection.client
  const before = await system.settings()
  const now = changes.length === 0 ? before : await system.configure(changed(before, changes))
  if (json) return printJson(context.stdout, now)
  for (const [name, value] of Object.entries(flat(now))) print(context.stdout, `${name}=${textOf(value)}`)
}

/** The settings that `name=value` arguments change, and no others: a host has options of its own for those. @throws ExitlabError `usage` for an unknown name. */
function changed(before: Settings, changes: readonly string[]): Partial<Settings> {
  const { parallel, device, executor, depot, slurm } = before
  const dataFolders = Object.fromEntries(datasets.names().map((name) => [name, before.dataFolders[name] ?? null]))
  const after: Record<string, unknown> = structuredClone({ parallel, device, executor, depot, slurm, dataFolders })
  const names = Object.keys(flat(after as Partial<Settings>))
  const named = new Set<string>()
  for (const change of changes) {
    const [, name = change, text] = /^([^=]*)=(.*)$/s.exec(change) ?? []
    if (!names.includes(name)) throw unknown(change, name, names)
    if (text === undefined) throw new ExitlabError('usage', `“${name}” names a setting without a value: ${name}=VALUE.`)
    const [section, key] = name.split('.') as [string, string?]
    const target = key === undefined ? after : (after[section] as Record<string, unknown>)
    target[key ?? section] = valueOf(name, text, target[key ?? section])
    named.add(section)
  }
  const all = { ...after, dataFolders: withoutDefaults(after['dataFolders'] as object) }
  return Object.fromEntries(Object.entries(all).filter(([section]) => named.has(section))) as Partial<Settings>
}

const withoutDefaults = (folders: object) =>
  Object.fromEntries(Object.entries(folders).filter(([, folder]) => folder !== null))

function valueOf(name: string, text: string, before: unknown): unknown {
  if (Array.isArray(before)) return text.split(/\s+/).filter(Boolean)
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  const isCount = typeof before === 'number' || name === 'parallel'
  if (isCount && /^\d+$/.test(text)) return Number(text)
  if (name === 'parallel' && text === 'auto') return text
  if (typeof before === 'boolean' || isCount) {
    const expected = name === 'parallel' ? 'a whole number or auto' : isCount ? 'a whole number' : 'true or false'
    throw new ExitlabError('usage', `${name}: expected ${expected}, got “${text}”.`)
  }
  return text === '' ? null : text
}

function unknown(change: string, name: string, names: readonly string[]): ExitlabError {
  const nearest = nearestWord(name, names)
  const known = [...names.filter((each) => !each.startsWith('dataFolders.')), 'dataFolders.NAME']
  const hint = nearest === undefined ? `Known are ${known.join(', ')}.` : `Did you mean “${nearest}”?`
  return new ExitlabError('usage', `“${change}” is no change of a setting, such as slurm.time=4:00:00. ${hint}`)
}

/** Names with dots. */
function flat({ slurm, dataFolders, ...rest }: Partial<Settings>): Record<string, unknown> {
  const below = (prefix: string, values: object = {}) =>
    Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value])
  return { ...rest, ...Object.fromEntries([...below('slurm', slurm), ...below('dataFolders', dataFolders)]) }
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ')
  return value === null ? '' : String(value)
}
