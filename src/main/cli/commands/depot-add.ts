import { resolve } from 'node:path'
import { type Context, print, printJson } from '../context.ts'
import type { JsonOption, WorkspaceOption } from '../options.ts'
import { tellingActivity } from '../progress/activity.ts'

export type DepotAddOptions = WorkspaceOption & JsonOption

interface Addition {
  file: string
  depot: string
  options: DepotAddOptions
}

/** `depot add`: writes the phases of an experiment into a depot. */
export async function addExperiment(context: Context, { file, depot, options }: Addition): Promise<void> {
  const [{ readExperiment }, { throwLocated }] = await Promise.all([
    import('../../host/experiment-file/read-experiment.ts'),
    import('../../host/experiment-file/locate-refusal.ts'),
  ])
  const experiment = await readExperiment(file)
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const { client } = connection
  const say = (text: string) => print(context.stderr, text)
  const phases = await tellingActivity(client, say, () =>
    client.experiments.addToDepot({ ...experiment, depot: resolve(depot) }),
  ).catch((error: unknown) => throwLocated(error, experiment))
  if (options.json) return printJson(context.stdout, phases)
  print(
    context.stdout,
    phases.map(({ id, parent }) => (parent === null ? id : `${id} ${parent}`)),
  )
}
