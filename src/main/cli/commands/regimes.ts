import type { Command } from 'commander'
import { type Context, print } from '../context.ts'
import { withExamples } from '../options.ts'

/** `regimes [NAME]`: the regimes that there are, as an experiment file writes its own. */
export function addRegimes(program: Command, context: Context): void {
  const command = program
    .command('regimes')
    .description('print the phases of training regimes as an experiment file has them')
    .argument('[NAME]', 'one regime alone')
    .action(async (name?: string) => print(context.stdout, await regimeLines(name)))
  withExamples(command, [
    ['exitlab regimes', 'all of them'],
    ['exitlab regimes mixed', 'one to copy under another name, and to change'],
  ])
}

async function regimeLines(name: string | undefined): Promise<string[]> {
  const [{ stringify }, { regimes }] = await Promise.all([import('yaml'), import('../../../engine/regimes/index.ts')])
  const names = name === undefined ? regimes.names() : [name]
  return names.flatMap((each) => {
    const { info, phases } = regimes.choose(each)
    const written = stringify([{ name: each, phases }], { collectionStyle: 'any', lineWidth: 0 }).trimEnd()
    return [`# ${info.sentence}`, ...written.split('\n')]
  })
}
