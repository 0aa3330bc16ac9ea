/** The documents as a site: `npm run docs` builds it into out/docs, from the same Markdown that is read in the repository. */
import { copyFileSync, globSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { linkFiles } from './file-links.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const linked = new Set<string>()

/** A page by its heading. @param file relative to the root, as all pages are */
const page = (file: string) => ({
  text: /^# (.+)$/m.exec(readFileSync(join(root, file), 'utf8'))![1]!,
  link: `/${file}`,
})
const pages = (...names: string[]) => names.map((name) => page(`docs/${name}.md`))

export default defineConfig({
  title: 'Exitlab',
  description: 'Train multi-exit networks, and find out how to train them',
  // Documents link to files beside docs/, so that the pages of the site are those of the whole repository.
  srcDir: '..',
  srcExclude: ['!(docs|README.md|CONTRIBUTING.md|CHANGELOG.md|examples)/**', 'examples/!(paper)/**'],
  rewrites: { 'README.md': 'index.md' },
  outDir: '../out/docs',
  cacheDir: '../node_modules/.cache/vitepress',
  head: [
    ['link', { rel: 'icon', href: '/icon.svg' }],
    // Tables and commands are wider than prose.
    ['style', {}, '.VPDoc.has-aside .content-container.content-container { max-width: 860px }'],
  ],
  // That of the workbench is not for the site.
  vite: { configFile: false, build: { chunkSizeWarningLimit: 2000 } },
  markdown: {
    // As on GitHub, so that links to sections hold in both places.
    anchor: {
      slugify: (heading) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
          .replaceAll(' ', '-'),
    },
    config: (markdown) => linkFiles(markdown, root, linked),
  },
  buildEnd({ outDir }) {
    copyFileSync(join(root, 'src/renderer/icon.svg'), join(outDir, 'icon.svg'))
    for (const file of linked) {
      mkdirSync(dirname(join(outDir, file)), { recursive: true })
      copyFileSync(join(root, file), join(outDir, file))
    }
  },
  themeConfig: {
    nav: [page('docs/guide.md'), page('docs/experiment-file.md'), page('docs/command-line.md'), page('docs/method.md')],
    sidebar: [
      { text: 'Use', items: pages('guide', 'experiment-file', 'own-network', 'command-line', 'data-sets') },
      { text: 'Extend and scale', items: pages('extensions', 'cluster', 'packaging') },
      { text: 'Method and results', items: pages('method', 'analyses', 'results', 'text', 'paper') },
      {
        text: 'Reference',
        items: [...pages('glossary', 'reliability'), page('CHANGELOG.md'), page('CONTRIBUTING.md')],
      },
      {
        text: 'Decisions',
        collapsed: true,
        items: globSync('docs/decisions/*.md', { cwd: root }).toSorted().map(page),
      },
    ],
    outline: [2, 3],
    search: {
      provider: 'local',
      // Words of commands and formulas stand behind `=` and other symbols, too.
      options: { miniSearch: { options: { tokenize: (text) => text.split(/[\n\r\p{Z}\p{P}\p{S}]+/u) } } },
    },
  },
})
