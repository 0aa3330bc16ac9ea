import { join, relative } from 'node:path'
import { Argument, type Command } from 'commander'
import { methodKinds, methodNouns, type MethodKind } from '../../../shared/methods/unknown-method.ts'
import { exitlabFolder, refuseMethodName, writeTemplate } from '../../extensions/write-template.ts'
import { type Context, print } from '../context.ts'
import { withExamples } from '../options.ts'
import { quoted } from '../../../shared/text/shell-word.ts'

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
  refuseMethodName(name)
  const written = await writeTemplate({ kind, file: join(context.workingFolder, `${name}.ts`) })
  const file = quoted(relative(context.workingFolder, written.file))
  print(context.stdout, [
    `${name}.ts has the ${methodNouns[kind]} “${name}”, ${name}.test.ts its test (node --test, after: npm install ${quoted(exitlabFolder)}).`,
    `Use it: extensions: [${name}.ts] in an experiment file, the first time with --extension ${file}`,
  ])
}
