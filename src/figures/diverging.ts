/** Blue, grey, orange in 17 steps: signed values from the lowest to the highest, grey where they are 0. */
const steps = [
  ...['#0b4a8f', '#23599a', '#3a6aa5', '#527bb0', '#6b8dbb', '#86a0c5', '#a2b4cf', '#bfc8d7', '#dcdcdc'],
  ...['#e0cdb9', '#e0bc96', '#dda973', '#d79551', '#ce8133', '#c26e17', '#b35c03', '#a04b00'],
]

/** Steps that only white is readable on, from either end. */
const darkSteps = { low: 3, high: 2 }

/** The colour of a share, 0…1, of a scale whose middle is 0; what lies outside has the colour of the end. */
export function divergingStep(share: number): string {
  return steps[stepOf(share)]!
}

/** Colour of words on the colour of a share: 4.5:1 against it. */
export function inkOnDiverging(share: number): string {
  const step = stepOf(share)
  return step < darkSteps.low || step >= steps.length - darkSteps.high ? '#ffffff' : '#000000'
}

function stepOf(share: number): number {
  return Math.min(Math.max(Math.floor(share * steps.length), 0), steps.length - 1)
}
