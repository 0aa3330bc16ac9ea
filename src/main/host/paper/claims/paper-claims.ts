import type { PaperScale } from '../../../../shared/paper/paper.ts'
import type { PaperClaims, PaperReport, PaperTable } from '../../../../shared/paper/paper-report.ts'
import type { PaperServices } from '../services.ts'
import { fileStates, type PaperQuestion } from '../file-states.ts'
import { paperTables } from '../tables.ts'
import { evaluateClaims } from './evaluate.ts'
import { testRuleFor } from './first-run.ts'
import { claimsAt, readClaims } from './read-claims.ts'

/** The claims about some items alone: of the report, they need its tables only. */
export async function paperClaims(services: PaperServices, { scale, items }: PaperQuestion): Promise<PaperClaims> {
  const tables = await paperTables(services, scale, items)
  const { claims } = await claimsOn(tables, scale)
  const states = await fileStates(services, { scale, items })
  return {
    claims,
    testRule: testRuleFor(services.store, states.values()),
    items: Object.fromEntries(tables.map(({ id, item }) => [id, item])),
  }
}

/** The claims that are about runs of a scale, on its tables, and the hash of the file that they were written down in. */
export async function claimsOn(
  tables: readonly PaperTable[],
  scale: PaperScale,
): Promise<Pick<PaperReport, 'claims' | 'claimsHash'>> {
  const { claims, sha256 } = await readClaims()
  return { claims: evaluateClaims(claimsAt(claims, scale), tables), claimsHash: sha256 }
}
