import type { PaperScale } from '../../../shared/paper.ts'

/** A table or figure of which something is read. */
export interface PaperSubject {
  scale: PaperScale
  /** Its id. */
  item: string
  /** What is done of it, of runs and analyses. */
  done: number
}
