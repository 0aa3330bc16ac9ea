import type { PaperClaims } from '../../../../shared/paper-report.ts'
import type { HostServices } from '../../services.ts'
import type { PaperQuestion } from '../file-states.ts'
import { paperTables } from '../tables.ts'
import { evaluateClaims } from './evaluate.ts'
import { claimsAt, readClaims } from './read-claims.ts'

/** The claims about some items alone: of the report, they need its tables only. */
export async function paperClaims(services: HostServices, { scale, items }: PaperQuestion): Promise<PaperClaims> {
  const [tables, { claims }] = await Promise.all([paperTables(services, scale, items), readClaims()])
  return {
    claims: evaluateClaims(claimsAt(claims, scale), tables),
    items: Object.fromEntries(tables.map(({ id, item }) => [id, item])),
  }
}
