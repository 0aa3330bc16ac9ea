import { ExitlabError } from '../../../shared/error.ts'

/** An image file and its class. */
export interface LabelledFile {
  path: string
  label: number
  /** Of its bytes, where they have been read. */
  sha256?: string
}

/** In small or capital letters. */
export const imageEndings = ['.jpg', '.jpeg', '.png'] as const

export const isImageName = (name: string): boolean => imageEndings.some((ending) => name.toLowerCase().endsWith(ending))

/** By code unit, so that the classes have the same numbers on every machine. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Reads TinyImageNet's `val_annotations.txt`: file, class and a box a line, parted by tabs.
 * @throws ExitlabError `data` naming the line that is anything else.
 */
export function parseValidationAnnotations(
  text: string,
  options: { file: string; classNames: readonly string[] },
): LabelledFile[] {
  const { file, classNames } = options
  const labels = new Map(classNames.map((name, label) => [name, label]))
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  return lines.map((line, index) => {
    const [path, className] = line.split('\t')
    const label = labels.get(className ?? '')
    if (!path || label === undefined) {
      throw new ExitlabError(
        'data',
        `data.path: ${file}, line ${index + 1}: expected an image and one of the ${classNames.length} classes under train, got “${line}”`,
      )
    }
    return { path, label }
  })
}
