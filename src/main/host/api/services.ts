import type { Slurm } from '../../execution/executors/slurm/client.ts'
import type { WhyMoved } from '../../store/place.ts'
import type { AnalysisQueue } from '../analyses/queue.ts'
import type { PaperServices } from '../paper/services.ts'
import type { SearchServices } from '../search/services.ts'

/** Services for the procedures of the API: what the rooms of the host ask for. */
export interface HostServices extends PaperServices, SearchServices {
  whyMoved: WhyMoved
  analysisQueue: Omit<AnalysisQueue, 'idle' | 'close'>
  slurm: Slurm
}
