import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { type PaperScale, paperScales } from '../../../../shared/paper/paper.ts'
import { termsOf } from './contrast.ts'

const file = fileURLToPath(new URL('../../../../../resources/paper-claims.yaml', import.meta.url))

/** What a claim says of a contrast: its lowest and highest value, in the metric's unit, where more is better. */
const expectation = z
  .strictObject({ low: z.number().default(-Infinity), high: z.number().default(Infinity) })
  .refine(({ low, high }) => low <= high && (low > -Infinity || high < Infinity), 'expected low, high or both')
export type Expectation = z.infer<typeof expectation>

const several = <Each extends z.ZodType>(each: Each) => z.array(each).min(1)

const claim = z.strictObject({
  id: z.string(),
  statement: z.string(),
  expected: expectation,
  /** The scale whose runs it is about; left out: both. */
  scale: z.enum(paperScales).optional(),
  /** Each contrast, for each variant, in each table, at each budget. */
  tests: several(
    z.strictObject({
      /** Ids. */
      tables: several(z.string()),
      /** Rows of a table that has several of a regime; the contrasts are those of regimes then. */
      variants: several(z.string()).optional(),
      contrasts: several(z.string().refine((text) => termsOf(text) !== null, 'expected “row − row”')),
      /** Fractions of the backbone's cost; null: Unlimited. */
      budgets: several(z.number().nullable()),
    }),
  ),
})
export type Claim = z.infer<typeof claim>

let reading: Promise<{ claims: Claim[]; sha256: string }> | undefined

/** Those that are about runs of a scale. */
export const claimsAt = (claims: readonly Claim[], scale: PaperScale): Claim[] =>
  claims.filter((claim) => (claim.scale ?? scale) === scale)

/** Findings of the paper as they were written down before any run, in the order of its sections, with the hash of their file. */
export function readClaims(): Promise<{ claims: Claim[]; sha256: string }> {
  reading ??= readFile(file).then((bytes) => ({
    claims: z.array(claim).parse(parse(bytes.toString('utf8'))),
    sha256: hash('sha256', bytes),
  }))
  return reading
}
