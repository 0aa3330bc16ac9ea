import { z } from 'zod'
import { plural } from './format/numbers.ts'

/** A file of weights without its values. */
export interface WeightsDescription {
  sha256: string
  /** By the names in the file. `type`: as PyTorch calls it, `float32`; `finite`: whether it holds neither NaN nor infinities. */
  arrays: Readonly<Record<string, { shape: readonly number[]; type: string; finite: boolean }>>
  /** Exits whose heads the file holds, in an export of Exitlab's; null where they are not known, and in weights of other programs. */
  exits: { exits: readonly number[]; head: string } | null
}

/** What becomes of the arrays of a file, and of those of the network that starts from it. */
export const weightsUse = z.object({
  /** Whose names the file has: `torchvision`. */
  title: z.string(),
  /** Names of the network's arrays: from the file, and initialised. */
  taken: z.array(z.string()),
  fresh: z.array(z.string()),
  /** Names of arrays in the file that are not used. */
  leftOver: z.array(z.string()),
  /** Conversions and other notes; sentences. */
  notes: z.array(z.string()),
})
export type WeightsUse = z.infer<typeof weightsUse>

/** Modules that are named before the rest is counted. */
const mostNamed = 6

/** `150 arrays are taken, 4 are initialised (heads.0.fc, classifier), 2 of the file are not used (fc)`. */
export function weightsSentence({ taken, fresh, leftOver }: Pick<WeightsUse, 'taken' | 'fresh' | 'leftOver'>): string {
  return [
    `${plural(taken.length, 'array')} ${taken.length === 1 ? 'is' : 'are'} taken`,
    `${fresh.length} ${fresh.length === 1 ? 'is' : 'are'} initialised${modulesOf(fresh)}`,
    ...(leftOver.length === 0
      ? []
      : [`${leftOver.length} of the file ${leftOver.length === 1 ? 'is' : 'are'} not used${modulesOf(leftOver)}`]),
  ].join(', ')
}

/** Modules that arrays belong to: ` (heads.0.fc, classifier)`. */
function modulesOf(names: readonly string[]): string {
  const modules = [...new Set(names.map((name) => name.replace(/\.[^.]+$/, '')))]
  if (modules.length === 0) return ''
  const more = modules.length - mostNamed
  return ` (${modules.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''})`
}
