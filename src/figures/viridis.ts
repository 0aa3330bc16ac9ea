/** Viridis in 17 steps: amounts from little to much, readable without colour vision and in grey. */
const steps = [
  ...['#440154', '#48186a', '#472d7b', '#424086', '#3b528b', '#33638d', '#2c728e', '#26828e', '#21918c'],
  ...['#1f9f88', '#27ad81', '#3ebc74', '#5ec962', '#84d44b', '#addc30', '#d8e219', '#fde725'],
]

/** How many colours there are. */
export const viridisStepCount = steps.length

/** From here on black is easier to read than white. */
const firstLightStep = 7

/** The colour of a share, 0…1; what lies outside has the colour of the end. */
export function viridisStep(share: number): string {
  return steps[stepOf(share)]!
}

/** Colour of words on the colour of a share: 4.5:1 against it. */
export function inkOn(share: number): string {
  return stepOf(share) < firstLightStep ? '#ffffff' : '#000000'
}

function stepOf(share: number): number {
  return Math.min(Math.max(Math.floor(share * steps.length), 0), steps.length - 1)
}
