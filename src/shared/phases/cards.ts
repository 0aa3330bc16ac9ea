import type { Card } from './device.ts'
import { bytes } from '../format/numbers.ts'

/** What the driver says of a card: `42.9 GB, compute capability 8.0, driver 550.54.14`. */
export function cardDetails({ memoryBytes, computeCapability, driverVersion }: Card): string {
  return [
    ...(memoryBytes === null ? [] : [bytes(memoryBytes)]),
    ...(computeCapability === null ? [] : [`compute capability ${computeCapability.toFixed(1)}`]),
    ...(driverVersion === null ? [] : [`driver ${driverVersion}`]),
  ].join(', ')
}
