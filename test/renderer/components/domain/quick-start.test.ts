// @vitest-environment happy-dom
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { expect, test } from 'vitest'
import { h } from 'vue'
import { routerKey } from 'vue-router'
import QuickStart from '../../../../src/renderer/components/domain/QuickStart.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

const presets = ['quickstart', 'resnet20', 'paper/vit', 'paper/bert'].map((name) => ({
  name,
  title: `title of ${name}`,
  sentence: `One network of ${name}.`,
  source: '',
}))

test('an empty workspace describes what the quick start trains, and separates examples from the settings of the paper', async () => {
  provideFakeHost({ experiments: { presets: async () => presets } })
  const screen = mount(() => h(TooltipProvider, () => h(QuickStart)), {
    global: { stubs: { RouterLink: RouterLinkStub }, provide: { [routerKey as symbol]: {} } },
  })
  await flushPromises()
  expect(screen.text()).toContain('The quick start trains one network of quickstart.')
  const [examples, paper] = screen.findAll('section')
  expect(examples!.findAll('li').map((item) => item.text())).toEqual(['title of resnet20'])
  expect(paper!.text()).toMatch(/^Settings of the paper; most need their data sets and a GPU/)
  expect(paper!.findAll('li').map((item) => item.text())).toEqual(['title of paper/vit', 'title of paper/bert'])
})
