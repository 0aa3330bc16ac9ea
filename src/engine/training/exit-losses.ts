import { ExitlabError } from '../../shared/basics/error.ts'
import { lossesOf, type Objective } from '../../shared/methods/objective.ts'
import { exitLosses, type ExitOutputs } from '../losses/index.ts'
import type { Task } from '../tasks/index.ts'
import type { Tensor } from '../tf.ts'

const loaded = new Map(
  await Promise.all(exitLosses.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

interface JudgedExits extends ExitOutputs {
  task: Task
  targets: Tensor
  objective: Objective | undefined
}

/** What a loss between exits made of the losses before it. */
export interface Taught {
  name: string
  losses: readonly Tensor[]
}

/** Losses [batch] of the exits that run: `own` as their outputs have them, `taught` by each loss between exits in turn, `trained` the last of them. */
export function lossesOfExits({ task, targets, objective, exits, outputs }: JudgedExits): {
  own: readonly Tensor[]
  taught: readonly Taught[]
  trained: readonly Tensor[]
} {
  const own = exits.map((exit) => task.lossOf(outputs[exit]!, targets))
  const applying = lossesOf(objective).filter(([name, parameters]) =>
    exitLosses.get(name).applies({ running: exits, exitCount: outputs.length }, parameters),
  )
  const taught: Taught[] = []
  const trained = applying.reduce<readonly Tensor[]>((before, [name, parameters]) => {
    const losses = loaded.get(name)!([...before], { exits, outputs }, parameters)
    refuseOtherShapes(name, own, losses)
    taught.push({ name, losses })
    return losses
  }, own)
  return { own, taught, trained }
}

/** `loss between exits “next-exit” (methods.ts)`: where it is an extension's, with its file. */
export function lossName(name: string): string {
  const file = exitLosses.origin(name)?.file
  return `loss between exits “${name}”${file === undefined ? '' : ` (${file})`}`
}

/** Sums and means would hide it: a mean over the batch trains like losses of its samples. */
function refuseOtherShapes(name: string, own: readonly Tensor[], taught: readonly (Tensor | undefined)[]): void {
  const written = (losses: readonly (Tensor | undefined)[]) =>
    losses.map((loss) => `[${loss?.shape.join(', ') ?? 'nothing'}]`).join(', ')
  if (written(taught) === written(own)) return
  throw new ExitlabError(
    'usage',
    `The ${lossName(name)} gave losses of the shapes ${written(taught)}; ` +
      `expected ${written(own)}: for each exit that runs, one number a sample.`,
  )
}
