import { lossesOf, type Objective } from './objective.ts'

/** `weighting sdn (rampEpochs 100), gradient equilibrium`; null for the mean of the losses. */
export function objectiveWords(objective: Objective | undefined): string | null {
  if (objective === undefined) return null
  const { weighting, parameters = {}, gradients } = objective
  const weighted = `weighting ${weighting}${Object.keys(parameters).length > 0 ? ` (${words(parameters)})` : ''}`
  const between = lossesOf(objective).map(([name, given]) => `${name} (${words(given)})`)
  const said = [weighting === 'uniform' ? null : weighted, gradients ? 'gradient equilibrium' : null, ...between]
  return said.filter((each) => each !== null).join(', ')
}

const words = (parameters: Readonly<Record<string, number | string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
