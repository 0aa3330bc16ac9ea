import { ExitlabError } from '../../../shared/error.ts'
import { lossesOf, type Objective } from '../../../shared/objective.ts'
import { exitLosses, type ExitOutputs } from '../losses/index.ts'
import type { Task } from '../tasks/index.ts'
import type { Tensor } from '../tf.ts'

const loaded = new Map(
  await Promise.all(exitLosses.sealedEntries().map(async ([name, { load }]) => [name, await load()] as const)),
)

interface Asked extends ExitOutputs {
  task: Task
  targets: Tensor
  objective: Objective | undefined
}

/** Losses [batch] of the exits that run: `own` as their outputs have them, `trained` with what losses between exits make of them. */
export function lossesOfExits({ task, targets, objective, exits, outputs }: Asked): {
  own: readonly Tensor[]
  trained: readonly Tensor[]
} {
  const own = exits.map((exit) => task.lossOf(outputs[exit]!, targets))
  const applying = lossesOf(objective).filter(([name, parameters]) =>
    exitLosses.get(name).applies({ running: exits, exitCount: outputs.length }, parameters),
  )
  const trained = applying.reduce<readonly Tensor[]>((losses, [name, parameters]) => {
    const taught = loaded.get(name)!(losses, { exits, outputs }, parameters)
    refuseOtherShapes(name, own, taught)
    return taught
  }, own)
  return { own, trained }
}

/** Sums and means would hide it: a mean over the batch trains like losses of its samples. */
function refuseOtherShapes(name: string, own: readonly Tensor[], taught: readonly (Tensor | undefined)[]): void {
  const written = (losses: readonly (Tensor | undefined)[]) =>
    losses.map((loss) => `[${loss?.shape.join(', ') ?? 'nothing'}]`).join(', ')
  if (written(taught) === written(own)) return
  const file = exitLosses.origin(name)?.file
  throw new ExitlabError(
    'usage',
    `The loss between exits “${name}”${file === undefined ? '' : ` (${file})`} gave losses of the shapes ${written(taught)}; ` +
      `expected ${written(own)}: for each exit that runs, one number a sample.`,
  )
}
