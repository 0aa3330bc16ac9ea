import type { Finding } from '../../../shared/contract/system.ts'
import type { HostServices } from '../services.ts'
import { analyses } from './analyses.ts'
import type { Check } from './check.ts'
import { checkpoints } from './checkpoints.ts'
import { data } from './data.ts'
import { disk } from './disk.ts'
import { node } from './node.ts'
import { processor } from './processor.ts'
import { store } from './store.ts'
import { tensorflow } from './tensorflow.ts'
import { workspace } from './workspace.ts'

/** Every check, in the order in which its findings are shown. */
const checks = [
  node,
  processor,
  tensorflow,
  workspace,
  store,
  disk,
  checkpoints,
  analyses,
  data,
] as const satisfies readonly Check[]

/** Looks at everything that Exitlab needs, and says what to do about what is wrong. */
export async function diagnose(services: HostServices): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { name, run } of checks) {
    for (const outcome of await run(services)) findings.push({ check: name, ...outcome })
  }
  return findings
}
