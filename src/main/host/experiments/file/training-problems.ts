import type { z } from 'zod'
import { regimeChoice, writtenPhases } from '../../../../contract/experiment/regime-choice.ts'
import { phaseObjective } from '../../../../contract/experiment/objective.ts'
import { keyName, type Problem } from '../../../../shared/basics/error.ts'
import { lossesOf, type Objective } from '../../../../shared/methods/objective.ts'
import type { WrittenPhase } from '../../../../shared/phases/written-phase.ts'
import { exitLosses } from '../../../../engine/losses/index.ts'
import { optimisers } from '../../../../engine/optimisers/index.ts'
import { trainingSpec } from '../../../../shared/experiment/training.ts'
import { needsExit, problemsOfPhases, regimes, withPhases } from '../../../../engine/regimes/index.ts'
import { foreignKeys, mixingOff } from './data-problems.ts'
import { explainIssues } from './explain.ts'
import { isAbsent, section } from '../../../../shared/basics/json-schema.ts'

/** Learning rates of an experiment, or of one phase. */
export function learningRates(root: Record<string, unknown>): Problem[] {
  const training = section(root, 'training')
  const least = section(training, 'schedule')['minimumLearningRate']
  const rate = training['learningRate'] ?? 1e-3
  if (typeof least !== 'number' || typeof rate !== 'number' || least <= rate) return []
  const path = ['training', 'schedule', 'minimumLearningRate']
  return [{ path, message: `expected at most training.learningRate, ${rate}; got ${least}` }]
}

/** Settings of an experiment that its optimiser does not take. */
export const optimiserSettings = (root: Record<string, unknown>): Problem[] =>
  foreignSettings(section(root, 'training'), section(root, 'training')).map(({ path, message }) => ({
    path: ['training', ...path],
    message,
  }))

const defaults: Record<string, unknown> = trainingSpec.parse({})

/** Of settings that are written, those that only other optimisers take. `training`: all, with the optimiser. */
function foreignSettings(written: Record<string, unknown>, training: Record<string, unknown>): Problem[] {
  const { optimiser = defaults['optimiser'], momentum, nesterov } = training
  if (typeof optimiser !== 'string' || !optimisers.has(optimiser)) return []
  const owned = new Set<string>(optimisers.get(optimiser).settings)
  const foreign = optimisers.entries().flatMap(([name, { settings }]) =>
    settings
      .filter((key) => !owned.has(key) && !isAbsent(written[key]) && written[key] !== defaults[key])
      .map((key) => ({
        path: [key],
        message: `goes with optimiser: ${name} only, here it is ${optimiser}; leave it out`,
      })),
  )
  if (nesterov !== true || momentum !== 0 || isAbsent(written['nesterov'])) return foreign
  return [...foreign, { path: ['nesterov'], message: 'needs a momentum above 0' }]
}

/** Losses between exits of an experiment whose parameters contradict each other. What has the wrong type is the schema's. */
export const objective = (root: Record<string, unknown>): Problem[] =>
  problemsOfLosses(phaseObjective.safeParse(root['objective']).data)

const problemsOfLosses = (of: Objective | undefined): Problem[] =>
  lossesOf(of).flatMap(([name, parameters]) =>
    (exitLosses.get(name).contradictions?.(parameters) ?? []).map(({ path, message }) => ({
      path: ['objective', name, ...path],
      message,
    })),
  )

/** Regimes of a file of its own and of extensions, each with its place. What has the wrong type in a file is the schema's. */
export function ownRegimes(root: Record<string, unknown>): Problem[] {
  return regimesOf(root).flatMap((written, index) => {
    const { data: regime } = regimeChoice.safeParse(written)
    if (regime === undefined) return []
    if (typeof regime === 'string') return regimeOfExtension(regime, root, index)
    return [
      ...takenName(regime.name).map((message) => ({ path: ['regimes', index, 'name'], message })),
      ...problemsOf(regime.phases, root).map(({ path, message }) => ({
        path: ['regimes', index, 'phases', ...path],
        message,
      })),
    ]
  })
}

/** A regime of an extension as if it were written in the file, whose author sees its name alone. */
function regimeOfExtension(name: string, root: Record<string, unknown>, index: number): Problem[] {
  const origin = regimes.origin(name)
  if (origin === null) return []
  const { phases } = regimes.get(name)
  const { data, error } = writtenPhases.safeParse(phases)
  const problems = error ? explained(error, { root, index, phases }) : problemsOf(data, root)
  return problems.map(({ path, message }) => ({
    path: ['regimes', index],
    message: `${name} (${origin.file}): ${keyName(['phases', ...path])}: ${message}`,
  }))
}

function explained(
  { issues }: z.ZodError,
  { root, index, phases }: { root: Record<string, unknown>; index: number; phases: unknown },
): Problem[] {
  const place = ['regimes', index, 'phases']
  const value = { ...root, regimes: regimesOf(root).with(index, { name: 'own', phases }) }
  const placed = issues.map((issue) => ({ ...issue, path: [...place, ...issue.path] }))
  return explainIssues(placed, { value, locate: () => ({ line: 1, column: 1, length: 0 }) }).map(
    ({ path, message }) => ({ path: path.slice(place.length), message }),
  )
}

/** Phases of a regime, with paths from the list of them. */
function problemsOf(phases: readonly WrittenPhase[], root: Record<string, unknown>): Problem[] {
  const ofSettings = phases.flatMap((phase, at) =>
    problemsOfSettings(phase, root).map(({ path, message }) => ({ path: [at, ...path], message })),
  )
  return [...problemsOfPhases(phases), ...ofSettings]
}

function takenName(name: string): string[] {
  if (!regimes.has(name)) return []
  const owner = regimes.origin(name)?.file ?? 'Exitlab itself'
  return [`${name} is a regime of ${owner}; choose another name for yours, or write - ${name}`]
}

/** Settings of a phase that contradict those of the experiment. */
function problemsOfSettings(phase: WrittenPhase, root: Record<string, unknown>): Problem[] {
  const { share, objective: loss, training: own = {}, augmentation, mixing } = phase
  const training = section(root, 'training')
  const { totalEpochs } = training
  const problems = learningRates({ training: { ...training, ...own } })
  return [
    ...problemsOfLosses(loss),
    ...foreignKeys(section(root, 'data')['source'], { augmentation, mixing }),
    ...mixingOff(mixing),
    ...(own.schedule === undefined && own.learningRate === undefined
      ? []
      : problems.map(({ message }) => ({ path: ['training'], message }))),
    ...foreignSettings(own, { ...training, ...own }).map(({ path, message }) => ({
      path: ['training', ...path],
      message,
    })),
    ...(share !== undefined && isAbsent(totalEpochs)
      ? [{ path: ['share'], message: 'shares training.totalEpochs, which is not set; set it, or leave share out' }]
      : []),
    ...(own.epochs !== undefined && !isAbsent(totalEpochs)
      ? [{ path: ['training', 'epochs'], message: 'follows from training.totalEpochs; give the phase a share instead' }]
      : []),
  ]
}

/** Regimes that train more than a backbone, of a network that has no exits. */
export function withoutExits(root: Record<string, unknown>): Problem[] {
  const { exits } = section(root, 'network')
  if (!Array.isArray(exits) || exits.length > 0) return []
  const chosen = regimesOf(root).flatMap((written) => regimeChoice.safeParse(written).data ?? [])
  const needing = chosen.map(withPhases).find(({ phases }) => phases.some(({ trains }) => trains !== 'backbone'))
  return needing === undefined ? [] : [{ path: ['network', 'exits'], message: needsExit(needing) }]
}

/** Numbers of epochs that a file, as its author wrote it, names in both ways. */
export function epochsTwice(written: Record<string, unknown>): Problem[] {
  const isGiven = (key: string) =>
    section(written, 'training')[key] !== undefined || `training.${key}` in section(written, 'sweep')
  if (!isGiven('epochs') || !isGiven('totalEpochs')) return []
  return [{ path: ['training', 'totalEpochs'], message: 'training.epochs is also set; remove one of them' }]
}

/** The regimes of a file as they are written; none where they are no list. */
export const regimesOf = (root: Record<string, unknown>): unknown[] =>
  Array.isArray(root['regimes']) ? root['regimes'] : []
