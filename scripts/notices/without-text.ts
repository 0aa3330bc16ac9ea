import { readFileSync } from 'node:fs'

/** What is said of a package in the place of its own files. */
interface WithoutText {
  packages: RegExp
  /** As the project states it. */
  copyright: string
  licences: readonly StandardLicence[]
  /** Files of the package that say more. */
  files?: readonly string[]
}

type StandardLicence = 'Apache-2.0' | 'CC0-1.0' | 'GPL-3.0' | 'LGPL-3.0' | 'MIT'

/** Packages that come without the text of their licence, with what their package.json and README say of it. */
export const withoutText: readonly WithoutText[] = [
  mit(/^(brotli|dfa|fontkit)$/, 'Devon Govett'),
  mit(/^(sirv|@polka\/url)$/, 'Luke Edwards (lukeed.com)'),
  mit(/^fft\.js$/, 'Fedor Indutny, 2017'),
  mit(/^seedrandom$/, '2019 David Bau'),
  mit(/^tr46$/, 'Sebastian Mayr'),
  // In a page that is built for tests.
  mit(/^@vue\/devtools-api$/, 'Guillaume Chau'),
  mit(/^@koromix\/koffi-/, 'Niels Martignène'),
  {
    packages: /^binary-search$/,
    copyright: 'The Dark Sky Company, LLC, has waived its rights.',
    licences: ['CC0-1.0'],
  },
  // Its own file has the licences of a whole bundler as well; the page has a function of it.
  {
    packages: /^vite$/,
    copyright: 'Copyright (c) 2019-present, VoidZero Inc. and Vite contributors',
    licences: ['MIT'],
  },
  { packages: /^@tensorflow\/tfjs/, copyright: 'Copyright Google LLC', licences: ['Apache-2.0'] },
  {
    // LGPL: the library is loaded as it is, and may be replaced by another build of it.
    packages: /^@img\/sharp-(libvips|win32)/,
    copyright: `Copyright of libvips: John Cupitt and others; of the libraries below: their authors.
A prebuilt libvips, which sharp loads as a library of its own: a build of your own can be put in its place.
Its source, and that of the libraries in it, with all that builds it: https://github.com/lovell/sharp-libvips
(in the release of this version; versions.json, below, has the versions of the libraries).`,
    licences: ['LGPL-3.0', 'GPL-3.0', 'Apache-2.0'],
    files: ['README.md', 'versions.json'],
  },
]

function mit(packages: RegExp, holder: string): WithoutText {
  return { packages, copyright: `MIT License\n\nCopyright (c) ${holder}`, licences: ['MIT'] }
}

/** The text of a licence, which is the same in every package. */
export function standardText(licence: StandardLicence): string {
  const file = licence === 'Apache-2.0' ? '../../resources/licences/apache-2.0.txt' : `texts/${licence}.txt`
  return readFileSync(new URL(file, import.meta.url), 'utf8').trim()
}
