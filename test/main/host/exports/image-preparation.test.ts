import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resizedCentre } from '../../../../src/engine/data/resample.ts'
import { stream } from '../../../../src/engine/random.ts'
import { writePreparation } from '../../../../src/main/host/exports/image-preparation.ts'
import { smallBert, smallResnet, smallVit } from '../../../support/networks.ts'
import { pythonWith } from '../../../support/python.ts'
import { temporaryFolder } from '../support.ts'

const found = pythonWith('torch', 'PIL')

/** What prepare_images.py in a folder makes of the images of pixels.json, as a list of numbers. */
const program = `
import json, sys, torch
sys.path.insert(0, sys.argv[1])
from prepare_images import prepare
pixels = torch.tensor(json.load(open(sys.argv[1] + '/pixels.json')), dtype=torch.uint8)
images = prepare(pixels)
print(json.dumps({'shape': list(images.shape), 'values': images.flatten().tolist()}))
`

it.for([
  ['a resnet', smallResnet({ inputShape: [8, 8, 1], pad: 2 }), 8],
  ['a vit', smallVit({ imageSize: 12, pad: 2 }), 8],
  ['a resnet without padding', smallResnet({ inputShape: [8, 8, 1] }), 8],
] as const)(
  'the pixels of %s are scaled and cropped, then padded, then normalised',
  async ([, spec, side], { skip }) => {
    if (found.python === null) return skip(found.reason)
    const folder = temporaryFolder()
    expect(await writePreparation(spec, folder)).toEqual(['prepare_images.py'])
    const [height, width] = [13, 10]
    const random = stream(1, 'pixels')
    const bytes = Uint8Array.from({ length: height * width }, () => random.integer(256))
    const rows = Array.from({ length: height }, (_, row) => Array.from(bytes.slice(row * width, (row + 1) * width)))
    writeFileSync(join(folder, 'network.json'), JSON.stringify(spec))
    writeFileSync(join(folder, 'pixels.json'), JSON.stringify([[rows]]))
    const { shape, values } = JSON.parse(
      execFileSync(found.python, ['-c', program, folder], { encoding: 'utf8' }),
    ) as Record<'shape' | 'values', number[]>
    const scaled = resizedCentre({ bytes, start: 0, height, width, channels: 1 }, side)
    const whole = side + 2 * spec.pad
    const normalised = (byte: number) => expect.closeTo((byte / 255 - 0.5) / 0.25, 5) as number
    const expected = Array.from({ length: whole ** 2 }, (_, at) => {
      const [row, column] = [Math.floor(at / whole) - spec.pad, (at % whole) - spec.pad]
      const isInside = [row, column].every((each) => each >= 0 && each < side)
      return normalised(isInside ? scaled[row * side + column]! : 0)
    })
    expect(shape).toEqual([1, 1, whole, whole])
    expect(values).toEqual(expected)
  },
)

it('texts have no pixels', async () => {
  expect(await writePreparation(smallBert(), temporaryFolder())).toEqual([])
})
