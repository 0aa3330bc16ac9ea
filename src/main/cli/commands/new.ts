import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Argument, type Command } from 'commander'
import { ExitlabError } from '../../../shared/error.ts'
import { methodKinds, methodNouns, type MethodKind } from '../../../shared/unknown-method.ts'
import { type Context, print } from '../context.ts'
import { withExamples } from '../options.ts'
import { quoted } from '../output/text.ts'

/** Exitlab itself, which extensions import. */
const root = fileURLToPath(new URL('../../../../', import.meta.url))
/** Each kind of method has a working example here, with its test. */
const examples = join(root, 'examples/extensions')
const methodName = /^[A-Za-z0-9][\w-]*$/

export function addNew(program: Command, context: Context): void {
  const command = program
    .command('new')
    .description('write an extension with a method of your own, a working example to change, and its test')
    .addArgument(new Argument('<KIND>', 'kind of method').choices(methodKinds))
    .argument('<NAME>', 'its name in experiments and commands; also that of the file')
    .action((kind: MethodKind, name: string) => writeExample(context, { kind, name }))
  withExamples(command, [['exitlab new loss my-loss', 'my-loss.ts and my-loss.test.ts in this folder']])
}

async function writeExample(context: Context, { kind, name }: { kind: MethodKind; name: string }): Promise<void> {
  if (!methodName.test(name))
    throw new ExitlabError('usage', `“${name}” cannot be the name of a method: expected letters, digits, - and _.`)
  const example = await readFile(join(examples, `${kind}.ts`), 'utf8')
  const [, former] = /defineExtension\(\{\s*name: '([^']+)'/.exec(example)!
  const test = await readFile(join(examples, `${kind}.test.ts`), 'utf8')
  const files = { [`${name}.ts`]: example, [`${name}.test.ts`]: test.replace(`./${kind}.ts`, `./${name}.ts`) }
  const paths = Object.keys(files).map((file) => join(context.workingFolder, file))
  const taken = paths.find((path) => existsSync(path))
  if (taken !== undefined) throw new ExitlabError('conflict', `${taken} exists. Choose another name, or move it away.`)
  for (const [file, text] of Object.entries(files))
    await writeFile(join(context.workingFolder, file), text.replaceAll(former!, name), { flag: 'wx' })
  const file = quoted(relative(context.workingFolder, paths[0]!))
  print(context.stdout, [
    `${name}.ts has the ${methodNouns[kind]} “${name}”, ${name}.test.ts its test (node --test, after: npm install ${quoted(root)}).`,
    `Use it: extensions: [${name}.ts] in an experiment file, the first time with --extension ${file}`,
  ])
}
