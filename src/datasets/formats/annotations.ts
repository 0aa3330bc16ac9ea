import { join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { longestText, readWhole } from './files.ts'
import type { LabelledFile } from './folder-files.ts'
import { imagesIn } from './walk-folder.ts'

/** A text file that says which class each image of a folder is of. */
export interface Annotations {
  name: 'TinyImageNet' | 'ImageNet'
  file: string
  /** Folder of the images. */
  images: string
  /** Image and class of a line; null where it has none. */
  read(line: string): [image: string, className: string] | null
  /** Lines before the first image. */
  headerLines: number
}

/** TinyImageNet's `val_annotations.txt`: file, class and a box a line, parted by tabs. */
export const tinyImageNetAnnotations = (folder: string): Annotations => ({
  name: 'TinyImageNet',
  file: join(folder, 'val', 'val_annotations.txt'),
  images: join(folder, 'val', 'images'),
  headerLines: 0,
  read(line) {
    const [image, className] = line.split('\t')
    return image && className ? [image, className] : null
  },
})

export const imageNetClasses = 'LOC_val_solution.csv'

/** ImageNet's `LOC_val_solution.csv` as Kaggle distributes it: image, a comma, then class and box of each object. */
export const imageNetAnnotations = (folder: string, labels: string): Annotations => ({
  name: 'ImageNet',
  file: join(labels, imageNetClasses),
  images: join(folder, 'val'),
  headerLines: 1,
  read(line) {
    const [, image, className] = /^([^,]+),(\S+)/.exec(line) ?? []
    return image && className ? [`${image}.JPEG`, className] : null
  },
})

/** @throws ExitlabError `data` naming the line that is anything else, an image without a line or a line without an image. */
export async function listAnnotated(
  { file, images, read, headerLines }: Annotations,
  classNames: readonly string[],
): Promise<LabelledFile[]> {
  const labels = new Map(classNames.map((name, label) => [name, label]))
  const unlisted = new Set(await imagesIn(images))
  const lines = Buffer.from(await readWhole(file, longestText))
    .toString()
    .split(/\r?\n/)
  const listed = lines.flatMap((line, index): LabelledFile[] => {
    if (index < headerLines || line === '') return []
    const [image, className] = read(line) ?? []
    const label = labels.get(className ?? '')
    const at = `${file}, line ${index + 1}`
    if (image === undefined || label === undefined) {
      throw refusal(`${at}: expected an image and one of the ${classNames.length} classes under train, got “${line}”`)
    }
    if (!unlisted.delete(image)) {
      throw refusal(`${at}: ${image} is not in ${images}, or in an earlier line too; restore the original files`)
    }
    return [{ path: join(images, image), label }]
  })
  const [forgotten] = unlisted
  if (forgotten === undefined) return listed
  throw refusal(`${file} has no line for ${forgotten}, which is in ${images}; restore the original files`)
}

const refusal = (what: string) => new ExitlabError('data', `data.path: ${what}`)
