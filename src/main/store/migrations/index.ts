import { first } from './001-first.ts'
import { latestEpoch } from './002-latest-epoch.ts'
import { settings } from './003-settings.ts'
import { dominance } from './004-dominance.ts'
import { analyses } from './005-analyses.ts'
import { exitIds } from './006-exit-ids.ts'
import { batchesPerEpoch } from './007-batches-per-epoch.ts'
import { pausedWithAll } from './008-paused-with-all.ts'
import { errorCode } from './009-error-code.ts'
import { memoryBytes } from './010-memory-bytes.ts'
import { phaseDefinitions } from './011-phase-definitions.ts'
import { series } from './012-series.ts'
import { metrics } from './013-metrics.ts'
import { latencies } from './014-latencies.ts'
import { eventsRead } from './015-events-read.ts'
import { imports } from './016-imports.ts'
import { evaluationSummaries } from './017-evaluation-summaries.ts'
import { device } from './018-device.ts'
import { depot } from './019-depot.ts'
import { searches } from './020-searches.ts'
import { importFollows } from './021-import-follows.ts'
import { testOpened } from './022-test-opened.ts'
import { counting } from './023-counting.ts'

/** Steps from an empty store to the present one, in order; a store's version is how many it has taken. Never change one that was released. */
export const migrations: readonly string[] = [
  first,
  latestEpoch,
  settings,
  dominance,
  analyses,
  exitIds,
  batchesPerEpoch,
  pausedWithAll,
  errorCode,
  memoryBytes,
  phaseDefinitions,
  series,
  metrics,
  latencies,
  eventsRead,
  imports,
  evaluationSummaries,
  device,
  depot,
  searches,
  importFollows,
  testOpened,
  counting,
]
