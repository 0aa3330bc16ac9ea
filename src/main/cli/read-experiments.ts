import { ExitlabError } from '../../shared/basics/error.ts'
import { type Experiment, readExperiment } from '../host/experiments/file/read-experiment.ts'

/** Reads several experiment files, and refuses with the problems of all of them at once. */
export async function readExperiments(files: readonly string[]): Promise<Experiment[]> {
  const results = await Promise.allSettled(files.map((file) => readExperiment(file)))
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (errors.length === 0) return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const unexpected = errors.find((error) => !(error instanceof ExitlabError))
  if (errors.length === 1 || unexpected !== undefined) throw unexpected ?? errors[0]
  const refusals = errors as ExitlabError[]
  throw new ExitlabError(refusals[0]!.code, refusals.map(({ message }) => message).join('\n\n'), { cause: refusals[0] })
}
