import type { Command } from 'commander'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { calledAs, type Context } from '../context.ts'
import { withDevice, withExamples } from '../options.ts'

/** The launcher does it, before there is a command line: here are its help, and what to do where other words stand in front. */
export function addSetup(program: Command, context: Context): void {
  const command = program
    .command('setup')
    .description('bring what is missing of TensorFlow and data, as the first training does by itself')
    .option('--text', 'also bring a pre-trained model and texts')
    .action(() => {
      throw new ExitlabError('usage', `“setup” has to be the first word: ${calledAs(context)} setup`)
    })
  withExamples(withDevice(command, 'cpu'), [
    ['exitlab setup --text', 'what examples/minilm-fortunes.yaml needs'],
    ['exitlab setup --device cuda', 'TensorFlow for NVIDIA cards'],
  ])
}
