import { ExitlabError, keyName, type Problem } from '../../../../shared/basics/error.ts'
import type { ExperimentFile } from '../../../../contract/experiment/experiment.ts'
import { contradictions } from './contradictions.ts'
import { readYaml } from './yaml-document.ts'

interface FileWithSource {
  file: ExperimentFile
  /** The text that it was read from. */
  source: string | null
}

/** Refuses an experiment with contradictory settings, whatever its source. */
export function refuseContradictions({ file, source }: FileWithSource): void {
  const problems = contradictions({ ...file })
  if (problems.length === 0) return
  const message = problems.map((problem) => `${keyName(problem.path)}: ${problem.message}`).join('\n')
  throw new ExitlabError('invalid-experiment', message, { problems: problems.map((each) => placed(each, source)) })
}

/** A refusal with the lines of its problems. Other errors are returned unchanged. */
export function withLines(error: unknown, { source }: Pick<FileWithSource, 'source'>): unknown {
  if (!(error instanceof ExitlabError) || error.code !== 'invalid-experiment' || !error.fields.problems) return error
  const problems = error.fields.problems.map((each) => placed(each, source))
  return new ExitlabError(error.code, error.message, { cause: error, problems })
}

/** A problem with its line in the text. */
export function placed(problem: Problem, source: string | null): Problem {
  if (source === null) return problem
  const { line, column } = readYaml(source).locate(problem.path, 'value')
  return { ...problem, line, column }
}
