import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Found } from '../analysis.ts'
import type { GradientDominanceResult } from './schema.ts'

/** Exits and blocks of the networks. @throws ExitlabError `usage` where they differ. */
export function checkShapes({ answers }: Found<unknown, GradientDominanceResult>): { exits: number; blocks: number } {
  const shapes = answers.map(({ result }) => ({ exits: result.exits.length, blocks: result.blocks[0]!.length }))
  const words = new Set(shapes.map(({ exits, blocks }) => `${exits} exits and ${blocks} blocks`))
  if (words.size === 1) return shapes[0]!
  throw new ExitlabError(
    'usage',
    `These runs cannot be compared exit by exit: their networks have ${[...words].join(', others ')}. Choose runs of one network.`,
  )
}
