import type { Command } from 'commander'
import { nearestWord } from '../../../shared/text/nearest-word.ts'

/** `help [COMMAND]` of a group of commands; commander's own prints the whole help for a command that there is not, without a word. */
export function withHelpCommand(group: Command): Command {
  group
    .helpCommand(false)
    .command('help')
    .description('print the help of a command')
    .argument('[COMMAND...]', 'such as run, or analyse list')
    .action((names: string[]) => names.reduce(subcommand, group).help())
  return group
}

function subcommand(group: Command, name: string): Command {
  const found = group.commands.find((each) => each.name() === name || each.aliases().includes(name))
  if (found !== undefined) return found
  const nearest = nearestWord(
    name,
    group.commands.map((each) => each.name()),
  )
  return group.error(`unknown command '${name}'${nearest === undefined ? '' : `\n(Did you mean ${nearest}?)`}`)
}
