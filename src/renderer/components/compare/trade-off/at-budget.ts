/** Readings that are shown at one budget. */
export const differences = { reading: 'differences', title: 'Differences between series', hint: 'paired by seed' }
export const moreSeeds = {
  reading: 'more-seeds',
  title: 'What more seeds would decide',
  hint: 'if difference and deviation stay as they are',
}
export const trainingCost = {
  reading: 'training-cost',
  title: 'Training cost',
  hint: 'forward and backward, of all phases',
  figure: true,
}
