// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { expect, test } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { EnrolledRun } from '../../../../src/contract/experiments.ts'
import type { ExperimentFile } from '../../../../src/contract/experiment/experiment.ts'
import QuickStart from '../../../../src/renderer/components/domain/QuickStart.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

const presets = ['quickstart', 'resnet20', 'paper/vit', 'paper/bert'].map((name) => ({
  name,
  title: `title of ${name}`,
  sentence: `One network of ${name}.`,
  source: '',
}))

const Empty = { template: '<p />' }

async function opened() {
  const screens = ['runs', 'new', 'settings'].map((name) => ({ path: `/${name}`, name, component: Empty }))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [...screens, { path: '/runs/:run', name: 'run', component: Empty }],
  })
  await router.push('/runs')
  const screen = mount(() => h(TooltipProvider, () => h(QuickStart)), { global: { plugins: [router] } })
  await flushPromises()
  return { router, screen }
}

test('an empty workspace describes what the quick start trains, and separates examples from the settings of the paper', async () => {
  provideFakeHost({ experiments: { presets: async () => presets } })
  const { screen } = await opened()
  expect(screen.text()).toContain('The quick start trains one network of quickstart.')
  const [examples, paper] = screen.findAll('section')
  expect(examples!.findAll('li').map((item) => item.text())).toEqual(['title of resnet20'])
  expect(paper!.text()).toMatch(/^Settings of the paper; most need their data sets and a GPU/)
  expect(paper!.findAll('li').map((item) => item.text())).toEqual(['title of paper/vit', 'title of paper/bert'])
})

test('the first run is shown once it is planned, except to whoever has gone elsewhere meanwhile', async () => {
  let created = Promise.withResolvers<{ id: string; created: boolean; runs: EnrolledRun[] }>()
  provideFakeHost({
    experiments: {
      presets: async () => presets,
      parse: async () => ({}) as ExperimentFile,
      create: () => created.promise,
    },
  })
  const { router, screen } = await opened()
  async function started(meanwhile: () => Promise<unknown>): Promise<string> {
    created = Promise.withResolvers()
    await screen
      .findAll('button')
      .find((each) => each.text() === 'Run the quick start')!
      .trigger('click')
    await meanwhile()
    created.resolve({ id: 'e', created: true, runs: [{ id: 'r', name: 'r', status: 'queued' }] })
    await flushPromises()
    return router.currentRoute.value.path
  }
  expect(await started(() => router.push('/settings'))).toBe('/settings')
  expect(await started(async () => {})).toBe('/runs/r')
})
