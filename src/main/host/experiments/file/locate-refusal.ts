import type { Problem } from '../../../../shared/basics/error.ts'
import { InvalidExperiment } from './file-problem.ts'
import { readYaml } from './yaml-document.ts'

/** A refusal of an experiment with the lines of its problems. Other errors are returned unchanged. */
export function locateRefusal(error: unknown, { path, source }: { path: string; source: string }): unknown {
  const problems = problemsOf(error)
  return problems.length === 0 ? error : locatedProblems(problems, { path, source })
}

/** Problems of an experiment with their lines. */
export function locatedProblems(
  problems: readonly Problem[],
  { path, source }: { path: string; source: string },
): InvalidExperiment {
  const document = readYaml(source)
  const shown = problems.map((problem) => ({ ...problem, ...document.locate(problem.path, 'value') }))
  return new InvalidExperiment(path, source, shown)
}

/** Throws a refusal with its location in the file; unchanged if it has none. */
export function throwLocated(error: unknown, file: { path: string; source: string }): never {
  throw locateRefusal(error, file)
}

/** Problems of the experiment itself, from an error of the contract. */
function problemsOf(error: unknown): readonly Problem[] {
  if (!(error instanceof Error) || !('data' in error)) return []
  const { code, problems } = error.data as { code?: unknown; problems?: readonly Problem[] }
  return code === 'invalid-experiment' ? (problems ?? []) : []
}
