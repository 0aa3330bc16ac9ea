/** Viridis in 17 steps: amounts from little to much, readable without colour vision and in grey. */
const viridis = [
  ...['#440154', '#48186a', '#472d7b', '#424086', '#3b528b', '#33638d', '#2c728e', '#26828e', '#21918c'],
  ...['#1f9f88', '#27ad81', '#3ebc74', '#5ec962', '#84d44b', '#addc30', '#d8e219', '#fde725'],
]
/** Blue, grey, orange in as many: signed values from the lowest to the highest, grey where they are 0. */
const diverging = [
  ...['#0b4a8f', '#23599a', '#3a6aa5', '#527bb0', '#6b8dbb', '#86a0c5', '#a2b4cf', '#bfc8d7', '#dcdcdc'],
  ...['#e0cdb9', '#e0bc96', '#dda973', '#d79551', '#ce8133', '#c26e17', '#b35c03', '#a04b00'],
]

/** How many colours there are of each. */
export const colourStepCount = viridis.length

/** The colour of a share, 0…1; values outside have the colour of the nearest end. */
export function viridisStep(share: number): string {
  return viridis[stepOf(share)]!
}

/** The colour of a share, 0…1, of a scale whose middle is 0. */
export function divergingStep(share: number): string {
  return diverging[stepOf(share)]!
}

/** Colour of words on the colour of a share: 4.5:1 against it. */
export function inkOnViridis(share: number): string {
  return stepOf(share) < 7 ? '#ffffff' : '#000000'
}

export function inkOnDiverging(share: number): string {
  const step = stepOf(share)
  return step < 3 || step >= diverging.length - 2 ? '#ffffff' : '#000000'
}

function stepOf(share: number): number {
  return Math.min(Math.max(Math.floor(share * colourStepCount), 0), colourStepCount - 1)
}
