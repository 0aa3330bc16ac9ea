import type { Notice } from '../../src/shared/basics/notice.ts'
import { versions } from '../setup/versions.mjs'

/** The file of all notices, at the top of what is given on. */
export const documentFile = 'THIRD-PARTY.txt'

const rule = (sign: string) => sign.repeat(80)

/** What set-up and npm bring when they run, where a package has it not in it, as the desktop's has Node. */
const brought = `Brought to the machine by npm and by set-up, where it is not in the list above:

  TensorFlow ${versions.tensorflow.version} (C library)   Apache-2.0   https://github.com/tensorflow/tensorflow
      Its licences, and NVIDIA's where its GPU build is brought, lie beside it: tensorflow/licences in the cache folder.
  Node.js, where this machine has none that is new enough   MIT and others   https://github.com/nodejs/node
      Its licences lie beside it: .tools/node/LICENSE
  sharp and libvips, which npm installs   Apache-2.0, LGPL-3.0-or-later   https://github.com/lovell/sharp-libvips
      libvips is a prebuilt library of its own, which may be replaced. The source of each version is at this address.
  Electron, which shows a checkout in a window   MIT and others   https://github.com/electron/electron
      Its licences, and Chromium's, lie beside it: LICENSE and LICENSES.chromium.html. In the desktop application they
      lie beside this file: LICENSE.electron.txt and LICENSES.chromium.html
  Fashion-MNIST, and texts and a model where they are asked for; their licences lie beside them.
  The other packages that package.json names; each has its licence in node_modules.`

/** All notices as a text for people, after a list of what they are of. */
export function noticesDocument(notices: readonly Notice[]): string {
  const list = notices.map(({ name, version, licence }) => `  ${name} ${version}   ${licence}`)
  const entries = notices.map(({ name, version, licence, source, texts }) =>
    [
      rule('='),
      `${name} ${version}`,
      licence,
      ...(source === null ? [] : [source]),
      rule('-'),
      texts.join('\n\n'),
    ].join('\n'),
  )
  const head = `Work of others in Exitlab

Exitlab is under the MIT licence (LICENSE). This package of it contains work of others, under the licences below.
The list is made with each build, from what the build put into it.`
  return `${[[head, list.join('\n'), brought].join('\n\n'), ...entries].join('\n\n')}\n`
}
