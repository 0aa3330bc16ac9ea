/** Makes a package for Debian and Ubuntu of the application that electron-builder unpacked. */
import { chmodSync, cpSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { become, findProgram } from './setup/command.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { filesBelow } from './setup/files-below.mjs'
import { root } from './setup/places.mjs'

const application = '/opt/Exitlab'
const { version, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const architecture = process.arch === 'x64' ? 'amd64' : process.arch

/** The libraries that Electron is linked to, by the packages that bring the others as well. */
const depends = 'libgtk-3-0, libnss3, libgbm1, libasound2, libatspi2.0-0, xdg-utils'
/** For messages of the desktop, the keyring, and for set-up, which brings TensorFlow by pip. */
const recommends = 'libnotify4, libsecret-1-0, python3-pip'

const others = `Work of others in this package, with its licences: ${application}/THIRD-PARTY.txt and LICENSES.chromium.html`

const desktopEntry = `[Desktop Entry]
Type=Application
Name=Exitlab
Comment=${description}
Exec=${application}/exitlab %U
Icon=exitlab
Terminal=false
StartupWMClass=Exitlab
Categories=Science;Education;
`

/**
 * Makes exitlab_VERSION_ARCH.deb beside the unpacked application.
 * @param {string} packages folder that electron-builder wrote into
 * @returns {Promise<number>} the exit code of dpkg-deb
 */
export async function makeDeb(packages) {
  const dpkgDeb = findProgram('dpkg-deb')
  if (dpkgDeb === null)
    throw new SetupFailure('A package for Debian needs dpkg-deb.', [
      'Install dpkg, or leave the installer out: npm run package -- --dir.',
    ])
  const folder = join(packages, 'deb')
  rmSync(folder, { recursive: true, force: true })
  layOut(join(packages, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`), folder)
  const file = join(packages, `exitlab_${version}_${architecture}.deb`)
  return become(dpkgDeb, ['--root-owner-group', '-Zzstd', '--build', folder, file])
}

/** @param {string} unpacked @param {string} folder */
function layOut(unpacked, folder) {
  /** @param {string} path @param {string} text */
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  cpSync(unpacked, join(folder, application), { recursive: true, verbatimSymlinks: true })
  // Chromium's sandbox, where the system gives ordinary users no namespaces.
  chmodSync(join(folder, application, 'chrome-sandbox'), 0o4755)
  linkCommandLine(folder)
  write('usr/share/applications/exitlab.desktop', desktopEntry)
  write('usr/share/icons/hicolor/scalable/apps/exitlab.svg', readFileSync(join(root, 'src/renderer/icon.svg'), 'utf8'))
  write('usr/share/doc/exitlab/copyright', `${readFileSync(join(root, 'LICENSE'), 'utf8')}\n${others}\n`)
  write('DEBIAN/control', control(folder))
}

/** `exitlab` in terminals is the command line, by the Node of the application. @param {string} folder */
function linkCommandLine(folder) {
  const workbench = join(application, 'resources', 'workbench')
  mkdirSync(join(folder, workbench, '.tools'), { recursive: true })
  symlinkSync('../../node', join(folder, workbench, '.tools', 'node'))
  mkdirSync(join(folder, 'usr/bin'), { recursive: true })
  symlinkSync(join(workbench, 'exitlab'), join(folder, 'usr/bin/exitlab'))
}

/** @param {string} folder */
function control(folder) {
  const bytes = filesBelow(folder).reduce((sum, file) => sum + lstatSync(file).size, 0)
  return `Package: exitlab
Version: ${version}
Architecture: ${architecture}
Maintainer: Exitlab <exitlab@localhost>
Installed-Size: ${Math.ceil(bytes / 1024)}
Depends: ${depends}
Recommends: ${recommends}
Section: science
Priority: optional
Description: ${description}
`
}
