import { alternatives } from '../../shared/format/lists.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { lossesOf, type Objective } from '../../shared/methods/objective.ts'
import { tf, type State, type StateScope, type StateValues, type Tensor } from '../tf.ts'
import { lossName, type Taught } from './exit-losses.ts'

/** What the state array below says besides the number of a loss between exits, from 1. */
const none = 0
const ofOutputs = -1

/** Name of the state array that says what of the losses of a phase first was not finite: after one step with such a loss, all are. */
const firstName = 'firstNotFinite'

/** That array, of a phase with losses between exits. */
export function notFiniteState(objective: Objective | undefined): StateValues {
  return lossesOf(objective).length === 0 ? {} : { [firstName]: { shape: [], values: Float32Array.of(none) } }
}

interface StepLosses {
  own: readonly Tensor[]
  taught: readonly Taught[]
}

/** Keeps what of the losses of a step was not finite, unless something was before. */
export function noteNotFinite(state: StateScope, objective: Objective | undefined, { own, taught }: StepLosses): void {
  const names = lossesOf(objective).map(([name]) => name)
  if (names.length === 0) return
  const stages = taught.map(({ name, losses }) => ({ losses, place: names.indexOf(name) + 1 }))
  const inThisStep = [{ losses: own, place: ofOutputs }, ...stages].reduceRight<Tensor>(
    (later, { losses, place }) => tf.where(areFinite(losses), later, tf.scalar(place)),
    tf.scalar(none),
  )
  const before = state.value(firstName)
  state.assign(firstName, tf.where(tf.equal(before, none), inThisStep, before))
}

/** 0 · x is 0 of a number that is finite, else none. */
const areFinite = (losses: readonly Tensor[]): Tensor =>
  tf.equal(tf.addN(losses.map((loss) => tf.sum(tf.mul(loss, 0)))), 0)

/** @throws ExitlabError `diverged` where a loss between exits was the first that was not finite; `where` says how far the phase is. */
export async function checkTaught(state: State, objective: Objective | undefined, where: string): Promise<void> {
  const losses = lossesOf(objective)
  if (losses.length === 0) return
  const [place] = await state.read(firstName)
  const [name] = losses[place! - 1] ?? []
  if (name === undefined) return
  throw new ExitlabError(
    'diverged',
    `${where}: the ${lossName(name)} gave a number that is not finite, where the losses of the outputs were finite. ` +
      'Look for a logarithm, a root or a division of 0 in it; a lower training.learningRate may keep outputs away from there.',
  )
}

/** @throws ExitlabError `diverged` where a loss is not finite; `where` says how far the phase is. */
export function checkFinite(
  losses: readonly { exit: number; loss: number }[],
  { split, where, objective }: { split: string; where: string; objective: Objective | undefined },
): void {
  const diverged = losses.find(({ loss }) => !Number.isFinite(loss))
  if (!diverged) return
  const gradients = lossesOf(objective).map(([name]) => `look at the gradient of the ${lossName(name)}`)
  const remedies = ['lower training.learningRate', 'set training.clipNorm', ...gradients]
  throw new ExitlabError(
    'diverged',
    `${where}: the ${split} loss of exit ${diverged.exit} is not a finite number; ${alternatives(remedies)}`,
  )
}
