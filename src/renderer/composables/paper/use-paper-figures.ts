import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { PaperFigure } from '../../../shared/paper-report.ts'
import type { HostRequest } from '../use-request.ts'
import { type PaperSubject, usePaperRead } from './use-paper-read.ts'

export interface DrawnFigures {
  figures: readonly PaperFigure[]
  /** Addresses of the drawings of panels, by their names. */
  pictures: ReadonlyMap<string, string>
}

/** The figures of an item with their drawings, drawn again when more runs or analyses are done. */
export function usePaperFigures(subject: () => PaperSubject): {
  drawn: ShallowRef<DrawnFigures | null>
  error: HostRequest<unknown>['error']
} {
  const request = usePaperRead(subject, ({ paper }, input, options) => paper.figures(input, options))
  const drawn = shallowRef<DrawnFigures | null>(null)

  function forget(): void {
    for (const address of drawn.value?.pictures.values() ?? []) URL.revokeObjectURL(address)
  }
  watch(request.data, (answer) => {
    forget()
    drawn.value = answer && { figures: answer.figures, pictures: new Map(answer.files.flatMap(picture)) }
  })
  onScopeDispose(forget)
  return { drawn, error: request.error }
}

/** The address of a drawing, by its name without ending; none of a PDF. */
function picture({ name, bytes }: { name: string; bytes: Blob }): [string, string][] {
  if (!name.endsWith('.svg')) return []
  return [[name.slice(0, -'.svg'.length), URL.createObjectURL(new Blob([bytes], { type: 'image/svg+xml' }))]]
}
