import type { Card } from '../../src/shared/phases/device.ts'

/** A card of which no more is known than its place and its name. */
export function cardOf(index: number, name: string): Card {
  return { index, id: `GPU-${index}`, name, memoryBytes: null, computeCapability: null, driverVersion: null }
}
