import type { Plan } from '../../../contract/experiments.ts'
import { ownSettings } from '../../../contract/experiment/own-settings.ts'
import { settingsOfPhases } from '../../../contract/experiment/phase-settings.ts'
import { count } from '../../../shared/format/numbers.ts'
import { objectiveWords } from '../../../shared/methods/objective-words.ts'
import { settingWords } from '../../../shared/experiment/setting-words.ts'
import type { PlannedPhase } from '../../../engine/plan.ts'
import type { Lineage } from './lineage.ts'
import type { Variant } from './resolve-experiment.ts'

/** The phases of each series in words, and the series that share them. */
export function phasesInWords(
  variants: readonly Pick<Variant, 'plan' | 'file'>[],
  { series, seeds, runsOf }: Lineage,
): Plan['words'] {
  const ids = runsOf(seeds[0]!).map(({ phases }) => phases.map(({ id }) => id))
  // In the order of the series.
  const regimes = variants.flatMap(({ plan, file }) => plan.regimes.map((regime) => ({ ...regime, file })))
  return regimes.map(({ phases, file, costs }, place) => {
    const settings = settingsOfPhases(file, phases.map(({ written }) => written)) // prettier-ignore
    const ofRegime = [...new Set(phases.map(({ written }) => written))]
    return {
      series: series[place]!.name,
      phases: phases.map((phase, index) => {
        const { training, data } = settings[index]!
        const own = ownSettings(file, { training, data, learningRates: phase.written.learningRates })
        const others = ids.flatMap((each, at) =>
          at !== place && each.includes(ids[place]![index]!) ? series[at]!.name : [],
        )
        const used = index === phases.length - 1 || phases.some(({ from }) => from === index)
        return {
          name: phase.phase.name,
          sentence: `Trains ${partsOf(phase)} (${count(phase.numbers.gradients)} parameters) for ${exitsOf(phase)}${startOf(phase, index)}, at most ${training.epochs} epochs.`,
          written: ofRegime.indexOf(phase.written),
          trains: phase.phase.trains,
          exits: exitsInLoss(phase, costs.exits.length),
          isBare: phase.phase.network === 'backbone',
          own: [settingWords(own), objectiveWords(phase.written.objective)].filter(Boolean).join(', '),
          shared: others,
          isUsed: used,
        }
      }),
    }
  })
}

function partsOf({ phase: { network, trains } }: PlannedPhase): string {
  if (network === 'backbone') return 'the bare backbone'
  const heads = trains.filter((part) => part.startsWith('heads.')).length
  if (heads === trains.length) return `${heads} ${heads === 1 ? 'head' : 'heads'} on the frozen backbone`
  return trains.length > 4 ? `${trains.length} parts (${trains[0]} to ${trains.at(-1)})` : trains.join(', ')
}

function exitsOf({ phase: { network, lossCycle } }: PlannedPhase): string {
  if (network === 'backbone') return 'the final classifier'
  const exits = lossCycle[0]!.length
  const words = lossCycle.map((weights) => {
    const running = weights.flatMap((weight, exit) => (weight > 0 ? [exit === exits - 1 ? 'final' : String(exit)] : []))
    return running.length === exits ? `all ${exits} exits` : `exit ${running.join(', ')}`
  })
  return words.length === 1 ? words[0]! : `${words.join(', then ')}, in turn`
}

/** The one exit of the bare backbone is the final one of the network with heads. */
function exitsInLoss({ phase: { network, lossCycle } }: PlannedPhase, exits: number): number[] {
  if (network === 'backbone') return [exits - 1]
  return lossCycle[0]!.flatMap((_, exit) => (lossCycle.some((weights) => weights[exit]! > 0) ? [exit] : []))
}

function startOf({ from }: PlannedPhase, index: number): string {
  if (from !== null) return `, from the weights of phase ${from + 1}`
  return index === 0 ? '' : ', from where the first phase starts'
}
