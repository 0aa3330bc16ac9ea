/** Readings that are shown at one budget. */
export const differences = { reading: 'differences', title: 'Differences between series', hint: 'paired by seed' }
export const trainingCost = {
  reading: 'training-cost',
  title: 'Training cost',
  hint: 'forward and backward, of all phases',
  figure: true,
}
