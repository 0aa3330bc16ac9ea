import { statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/**
 * Links to files of the repository that are no pages (experiment files, examples, reports) lead to copies of them: VitePress would
 * take some for pages.
 * @param linked gets these files, relative to `root`
 */
export function linkFiles(markdown: MarkdownRenderer, root: string, linked: Set<string>): void {
  const renderPageLink = markdown.renderer.rules.link_open!
  markdown.renderer.rules.link_open = (...rule) => {
    const [tokens, index, options, env, self] = rule
    const token = tokens[index]!
    const href = token.attrGet('href') ?? ''
    const file = /^[a-z]+:|^#|\.md(#|$)/.test(href) ? null : join(dirname((env as { path: string }).path), href)
    if (file === null || !statSync(file, { throwIfNoEntry: false })?.isFile()) return renderPageLink(...rule)
    linked.add(relative(root, file))
    token.attrSet('target', '_blank')
    return self.renderToken(tokens, index, options)
  }
}
