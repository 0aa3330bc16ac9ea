import type { MsdnetSizes } from './schema.ts'

/** A module of the backbone, behind which an exit may sit. */
export interface Module {
  kind: 'first' | 'layer' | 'transition'
  /** Finest scale that it gives, from 0; it gives that and all coarser ones. */
  finest: number
  /** Channels that it gives, at a scale whose growth factor is 1. */
  channels: number
}

/**
 * The first layer, the dense layers, and a transition where channels are reduced (Huang 2018, section 4; method 1.4). With L layers and
 * S scales, layer n = 1 … L gives S − ⌊(n − 1)/⌈L/S⌉⌉ scales (`max`), or min(S, L − n + 1) (`min`).
 */
export function modulesOf({ layers, channels, growth, growthFactors, prune, reduction }: MsdnetSizes): Module[] {
  const scales = growthFactors.length
  const modules: Module[] = [{ kind: 'first', finest: 0, channels }]
  for (let layer = 1; layer <= layers; layer++) {
    const before = modules.at(-1)!
    const finest = scales - scalesBehind(layer, { layers, scales, prune })
    const grown = before.channels + growth
    modules.push({ kind: 'layer', finest, channels: grown })
    const reduces = prune === 'max' ? finest > before.finest : isThird(layer, layers)
    if (reduction > 0 && reduces) {
      modules.push({ kind: 'transition', finest, channels: Math.floor(reduction * grown) })
    }
  }
  return modules
}

interface Pruning extends Pick<MsdnetSizes, 'layers' | 'prune'> {
  scales: number
}

function scalesBehind(layer: number, { layers, scales, prune }: Pruning): number {
  if (prune === 'min') return Math.min(scales, layers - layer + 1)
  return scales - Math.floor((layer - 1) / Math.ceil(layers / scales))
}

/** Whether a third or two thirds of the layers end with this one. */
function isThird(layer: number, layers: number): boolean {
  return layer === Math.floor(layers / 3) || layer === Math.floor((2 * layers) / 3)
}

/** What a module's map at a scale is called: `map` the coarsest, which heads and analyses read. */
export function mapName(scale: number, { growthFactors }: Pick<MsdnetSizes, 'growthFactors'>): string {
  return scale === growthFactors.length - 1 ? 'map' : `scales.${scale}`
}
