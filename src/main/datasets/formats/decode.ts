import sharp from 'sharp'
import { ExitlabError } from '../../../shared/error.ts'

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
 * Pixels [height, width, red–green–blue] of a JPEG or PNG file. Grey images become three equal channels, transparency is
 * dropped. With `resize` the shorter side is scaled (bicubic) to the wanted size and the middle kept (method 5.5).
 * @throws ExitlabError `data` naming the file that is damaged or of another size.
 */
export async function decodeImage(
  path: string,
  { height, width, resize }: { height: number; width: number; resize: boolean },
): Promise<Uint8Array> {
  const image = sharp(path, leniency).toColourspace('srgb').removeAlpha()
  if (resize) image.resize(width, height, { fit: 'cover', kernel: 'cubic' })
  const { data, info } = await decoding(path, () => image.raw().toBuffer({ resolveWithObject: true }))
  if (info.height === height && info.width === width) return data
  throw new ExitlabError(
    'data',
    `data.path: ${path} is ${info.height} × ${info.width} pixels; expected ${height} × ${width} as for the others; ` +
      'set data.imageSize to bring all images to one size',
  )
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
