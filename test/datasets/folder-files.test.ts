import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createFolderFiles, filesAt } from '../../src/datasets/formats/folder-files.ts'
import { range } from './support.ts'

/** Three folders, the second one empty. */
function threeFolders() {
  const files = createFolderFiles()
  files.add({ folder: join('data', 'a'), label: 0, names: ['1.jpg', join('sub', '2.jpg')] })
  files.add({ folder: join('data', 'b'), label: 1, names: [] })
  files.add({ folder: join('data', 'c'), label: 2, names: ['1\n.jpg'] })
  const paths = [join('data', 'a', '1.jpg'), join('data', 'a', 'sub', '2.jpg'), join('data', 'c', '1\n.jpg')]
  return { files, expected: paths.map((path, index) => ({ path, label: [0, 0, 2][index]! })) }
}

describe('files of folders', () => {
  test('are in the order of the folders, whatever order they are asked for in', () => {
    const { files, expected } = threeFolders()
    expect(files.length).toBe(3)
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
    ]) {
      for (const index of order) expect(files.at(index)).toEqual(expected[index])
    }
    expect([files.at(3), createFolderFiles().at(0)]).toEqual([undefined, undefined])
  })

  test('are chosen by their positions', () => {
    const { files, expected } = threeFolders()
    const chosen = filesAt(files, Int32Array.of(2, 1))
    expect(range(3).map((index) => chosen.at(index))).toEqual([expected[2], expected[1], undefined])
    expect(chosen.length).toBe(2)
  })
})
