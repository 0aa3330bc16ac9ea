import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Context, Finish } from '../context.ts'
import { withExamples } from '../options.ts'

export function addBench(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('bench')
    .description('measure training steps, or loading of images; arguments are passed to scripts/bench')
    .argument('[ARGUMENTS...]', 'such as resnet20, or --against torch')
    .allowUnknownOption()
    .action(async (args: string[]) => finish(await bench(args, context)))
  withExamples(command, [
    ['exitlab bench', 'all networks, as JSON lines'],
    ['exitlab bench --against torch', 'compared with PyTorch'],
    ['exitlab bench resnet20 --precision bfloat16', 'in mixed precision'],
    ['exitlab bench --images --against torch', 'image files to batches, compared with torchvision'],
  ])
}

/** The benchmark runs in a process of its own, so that nothing loaded here slows it down or takes its memory. */
async function bench(args: readonly string[], { environment }: Context): Promise<number> {
  const script = join(environment['EXITLAB_SCRIPTS'] ?? '', 'bench', 'index.ts')
  if (environment['EXITLAB_SCRIPTS'] === undefined || !existsSync(script))
    throw new ExitlabError(
      'not-found',
      'Benchmarks are only available in a checkout of Exitlab. Run them with its `./exitlab`.',
    )
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
