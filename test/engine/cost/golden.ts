import { readFileSync } from 'node:fs'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'

/** A network and its multiply-adds as fvcore counts them: of the backbone, and up to each exit. */
interface Golden {
  network: NetworkSpec
  backbone: number
  exits: number[]
}

export const golden = JSON.parse(readFileSync(new URL('fixtures/golden.json', import.meta.url), 'utf8')) as Record<
  string,
  Golden
>
