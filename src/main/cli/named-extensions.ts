import { dirname, resolve } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { Context } from './context.ts'

const option = '--extension'
/** Commands that read experiment files; `depot` does by its command `add`. */
const readers = ['run', 'search', 'plan', 'depot']

/**
 * Loads the extensions that a command line names, by `--extension` or in its experiment files, and takes the option off it; a
 * workbench also has those that its user trusts.
 * Before anything that knows methods by name is used, the command line included. `commandOf` names the command of a line without
 * that option.
 */
export async function loadNamedExtensions(
  args: readonly string[],
  context: Context,
  commandOf: (args: string[]) => string | undefined,
): Promise<string[]> {
  const { files, rest } = extensionOptions(args)
  const command = commandOf(rest) ?? ''
  const experiments = readers.includes(command) ? operands(rest, command) : []
  const named = [
    ...files.map((file) => ({ file, folder: context.workingFolder, by: null })),
    ...(await Promise.all(experiments.map((path) => namedBy(path, context)))).flat(),
  ]
  const { announceExtensions } = await import('../extensions/launch.ts')
  const { environment, ask } = context
  announceExtensions([])
  if (named.length > 0) {
    const { loadExtensions } = await import('../extensions/load.ts')
    await loadExtensions(named, { environment, now: Date.now(), ask })
  }
  if (command === 'serve') {
    const { loadTrusted } = await import('../extensions/trusted.ts')
    await loadTrusted(environment)
  }
  return rest
}

/** What may be experiment files: whatever is no option, nor the command itself. */
const operands = (args: readonly string[], command: string) =>
  args.toSpliced(args.indexOf(command), 1).filter((arg) => !arg.startsWith('-'))

function extensionOptions(args: readonly string[]): { files: string[]; rest: string[] } {
  const files: string[] = []
  const rest: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!
    if (arg === '--') return { files, rest: [...rest, ...args.slice(at)] }
    if (arg !== option && !arg.startsWith(`${option}=`)) rest.push(arg)
    else files.push(fileOf(arg, arg === option ? args[++at] : arg.slice(option.length + 1)))
  }
  return { files, rest }
}

function fileOf(arg: string, file: string | undefined): string {
  if (file) return file
  throw new ExitlabError('usage', `${arg} names no file. Expected ${option} FILE, such as ${option} methods.ts.`)
}

/** What an experiment file names, whatever it is called; none where it cannot be read or is another file, which the command says. */
async function namedBy(path: string, { workingFolder }: Pick<Context, 'workingFolder'>) {
  const file = resolve(workingFolder, path)
  const { extensionsIn } = await import('../host/experiments/file/extensions-in.ts')
  return (await extensionsIn(file)).map((each) => ({ file: each, folder: dirname(file), by: path }))
}
