import { ExitlabError } from '../../../shared/error.ts'

/** Labels as numbers of classes. @throws ExitlabError `data` where one is out of range. */
export function checkLabels(
  labels: ArrayLike<number>,
  { file, classes }: { file: string; classes: number },
): Int32Array {
  const checked = Int32Array.from(labels)
  const wrong = checked.findIndex((label) => label < 0 || label >= classes)
  if (wrong >= 0) {
    throw new ExitlabError(
      'data',
      `data.path: ${file}: image ${wrong} has the label ${checked[wrong]}; expected 0 to ${classes - 1}. ` +
        'Check that data.source names the data set that lies there.',
    )
  }
  return checked
}
