import { exitAt, exitName, type ExitId } from '../../../../shared/evaluation/exit-id.ts'

/** The exits of a network to choose from, by their ids, with what `label` makes of their names. */
export function exitChoices(
  exitCount: number,
  label: (name: string, index: number) => string = (name) => name,
): { value: ExitId; label: string }[] {
  return Array.from({ length: exitCount }, (_, index) => {
    const value = exitAt(index, exitCount - 1)
    return { value, label: label(exitName(value), index) }
  })
}
