import { ExitlabError } from '../../../shared/error.ts'
import { withoutPath } from '../../../shared/identity/identity.ts'
import type { HostServices } from '../services.ts'
import type { ExperimentRow } from '../../store/experiments.ts'
import { type Check, ok, type Outcome, problem, warning } from './check.ts'

/** Looks whether the experiments' images are still where they were, and still the same. */
export const data: Check = {
  name: 'data',
  async run(services) {
    const outcomes: Outcome[] = []
    const places = new Map(
      services.store.experiments.all().map((each) => [`${each.dataPath} ${JSON.stringify(each.file.data)}`, each]),
    )
    for (const experiment of places.values()) outcomes.push(await lookAt(services, experiment))
    return outcomes.length === 0 ? [ok('no experiment yet')] : outcomes
  },
}

async function lookAt(
  { store, trainers }: HostServices,
  { id, name, dataPath, file }: ExperimentRow,
): Promise<Outcome> {
  try {
    const { fingerprint, counts } = await trainers.describe({
      kind: 'describe',
      data: withoutPath(file.data),
      dataPath,
    })
    const run = store.runs.ofExperiment(id)[0]!
    if (store.phases.chain(run.id)[0]!.definition.dataset === fingerprint) {
      return ok(`${file.data.source} at ${dataPath}: ${counts.train} + ${counts.validation} + ${counts.test} images`)
    }
    return warning(
      `The images at ${dataPath} are not those that “${name}” was trained on`,
      'Put the old ones back to go on with it; with the new ones it is another experiment.',
    )
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return problem(error.message, `“${name}” cannot be trained further until the images are there again.`)
  }
}
