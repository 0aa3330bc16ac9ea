import { ExitlabError, type Problem } from '../../../shared/error.ts'
import { experimentEntries, type ExperimentFile } from '../../../shared/experiment.ts'
import { keyName } from './file-problem.ts'
import { contradictions } from './contradictions.ts'
import { readYaml } from './yaml-document.ts'

interface Asked {
  file: ExperimentFile
  /** The text that it was read from. */
  source: string | null
}

/** Refuses an experiment whose settings contradict each other, wherever it came from. */
export function refuseContradictions({ file, source }: Asked): void {
  const problems = contradictions({ ...file })
  if (problems.length === 0) return
  const message = problems.map((problem) => `${keyName(problem.path)}: ${problem.message}`).join('\n')
  throw new ExitlabError('invalid-experiment', message, { problems: problems.map((each) => placed(each, source)) })
}

const refusedKey = new RegExp(
  String.raw`^((?:${Object.keys(experimentEntries.shape).join('|')})(?:\.[A-Za-z0-9]+)*): (.+)$`,
  's',
)

/** A refusal of the engine that begins with the key it is about (`network.exits: block 9 cannot …`), with that as its problem. Any other error as it is. */
export function withProblem(error: unknown, { source }: Asked): unknown {
  if (!(error instanceof ExitlabError) || error.code !== 'invalid-experiment') return error
  const match = refusedKey.exec(error.message)
  if (match === null) return error
  const [, key, message] = match as unknown as [string, string, string]
  const problem = placed({ path: key.split('.'), message }, source)
  return new ExitlabError(error.code, error.message, { cause: error, problems: [problem] })
}

function placed(problem: Problem, source: string | null): Problem {
  if (source === null) return problem
  const { line, column } = readYaml(source).place(problem.path, 'value')
  return { ...problem, line, column }
}
