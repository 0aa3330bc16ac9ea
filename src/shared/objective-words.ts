import type { Objective } from './objective.ts'

/** `weighting sdn (rampEpochs 100), gradient equilibrium`; null for the mean of the losses. */
export function objectiveWords(objective: Objective | undefined): string | null {
  if (objective === undefined) return null
  const { weighting, parameters = {}, gradients } = objective
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`)
  const weighted = `weighting ${weighting}${values.length > 0 ? ` (${values.join(', ')})` : ''}`
  const said = [weighting === 'uniform' ? null : weighted, gradients ? 'gradient equilibrium' : null]
  return said.filter((each) => each !== null).join(', ')
}
