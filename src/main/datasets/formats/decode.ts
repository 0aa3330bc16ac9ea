import sharp from 'sharp'
import { ExitlabError } from '../../../shared/error.ts'
import type { Picture } from '../../engine/data/resample.ts'

// The images of a data set are decoded side by side already, and each but once.
sharp.concurrency(1)
sharp.cache(false)
// Whatever a file is called: nothing else is drawn, and no other reader is given hostile bytes.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] })

/** As torchvision's loader takes them: damage that loses pixels is an error, a mere warning is not. */
const leniency = { failOn: 'error' } as const

/** Height and width of an image file. */
export async function sideOf(path: string): Promise<{ height: number; width: number }> {
  const { height, width } = await decoding(path, () => sharp(path, leniency).metadata())
  return { height, width }
}

/**
 * Pixels [height, width, red–green–blue] of a JPEG or PNG file at its own size, the same bytes as from Pillow. Grey images get three
 * equal channels, 16 bits are truncated to 8, transparency is dropped; the orientation in Exif is ignored.
 * @throws ExitlabError `data` naming a damaged file.
 */
export function decodePicture(path: string): Promise<Picture> {
  return decoding(path, async () => {
    const image = sharp(path, leniency)
    const isCmyk = (await image.metadata()).space === 'cmyk'
    const coloured = isCmyk
      ? image.pipelineColourspace('cmyk').toColourspace('cmyk')
      : image.toColourspace('srgb').removeAlpha()
    const { data, info } = await coloured.raw().toBuffer({ resolveWithObject: true })
    const { height, width } = info
    return { bytes: isCmyk ? inRgb(data) : data, ...{ start: 0, height, width, channels: 3 } }
  })
}

/** Without a colour profile, as Pillow converts. */
function inRgb(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3)
  for (let from = 0, to = 0; from < cmyk.length; from += 4) {
    const light = 255 - cmyk[from + 3]!
    for (let ink = 0; ink < 3; ink++) rgb[to++] = light - Math.round((cmyk[from + ink]! * light) / 255)
  }
  return rgb
}

async function decoding<T>(path: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode()
  } catch (error) {
    const reason = (error as Error).message.trim().replaceAll('\n', '; ')
    throw new ExitlabError(
      'data',
      `data.path: ${path} cannot be decoded as JPEG or PNG (${reason}); replace the file or remove it`,
      {
        cause: error,
      },
    )
  }
}
