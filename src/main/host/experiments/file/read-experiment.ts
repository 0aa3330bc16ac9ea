import { dirname, resolve } from 'node:path'
import { keyName, type Problem } from '../../../../shared/basics/error.ts'
import { type ExperimentFile, experimentFile } from '../../../../contract/experiment/experiment.ts'
import { namedTwice } from '../../../../shared/experiment/sweep.ts'
import { explainIssues } from './explain.ts'
import { InvalidExperiment, type FileProblem, sortProblems } from './file-problem.ts'
import { isRecord } from '../../../../shared/basics/json-schema.ts'
import { contradictions } from './contradictions.ts'
import { epochsTwice } from './training-problems.ts'
import { readSource } from './read-source.ts'
import { schemaAt } from './schema.ts'
import { readYaml, type YamlDocument } from './yaml-document.ts'

/** A read experiment: settings, text, and the folder that relative paths start from. */
export interface Experiment {
  /** Path as the user wrote it. */
  path: string
  file: ExperimentFile
  source: string
  folder: string
}

/** Reads an experiment file. @throws InvalidExperiment with all problems; ExitlabError if the file does not exist. */
export async function readExperiment(path: string): Promise<Experiment> {
  const source = await readSource(path)
  return { path, file: parseExperiment(source, path), source, folder: dirname(resolve(path)) }
}

/** The experiment that a YAML text describes. @throws InvalidExperiment with every problem in it, in the order of lines. */
export function parseExperiment(source: string, name: string): ExperimentFile {
  const document = readYaml(source)
  const refuse = (problems: FileProblem[]) => new InvalidExperiment(name, source, sortProblems(problems))
  if (document.syntax.length > 0) throw refuse(document.syntax)
  if (!isRecord(document.value)) throw refuse([notAnExperiment(document)])
  const parsed = experimentFile.safeParse(document.value)
  const meant = [...namedTwice(document.value), ...epochsTwice(document.value), ...contradictions(document.value)]
  const shape = parsed.success ? [] : explainIssues(parsed.error.issues, document).filter(isNews(meant, document.value))
  const wrong = new Set(shape.map(({ path }) => keyName(path)))
  const meaning = meant
    .filter(({ path }) => !wrong.has(keyName(path)))
    .map((problem) => ({ ...problem, ...document.locate(problem.path, 'value') }))
  const problems = [...document.duplicates, ...shape, ...meaning]
  if (!parsed.success || problems.length > 0) throw refuse(problems)
  return parsed.data
}

/**
 * Of a swept value the schema of its setting says what was expected, which that of a sweep cannot; that a setting is missing which
 * stands in the sweep is no news where that is refused.
 */
const isNews =
  (meant: readonly Problem[], file: unknown) =>
  ({ path }: Problem): boolean => {
    if (path[0] === 'sweep') return !meant.some((each) => each.path.every((part, index) => path[index] === part))
    const isSwept = meant.some((each) => each.path[0] === 'sweep' && each.path[1] === keyName(path))
    return !isSwept || schemaAt(file, path).value !== undefined
  }

function notAnExperiment(document: YamlDocument): FileProblem {
  const got =
    document.value === null || document.value === undefined
      ? 'an empty file'
      : Array.isArray(document.value)
        ? 'a list'
        : 'a single value'
  return {
    ...document.locate([], 'value'),
    path: [],
    message: `expected a mapping with name, data, network and regimes; got ${got}`,
  }
}
