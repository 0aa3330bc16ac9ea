// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import {
  chainRows,
  moduleWithin,
  operatorWords,
} from '../../../../src/renderer/components/new/network-file/chain-rows.ts'
import {
  useDroppedNetwork,
  useNetworkDrop,
} from '../../../../src/renderer/components/new/network-file/use-network-drop.ts'
import ExperimentForm from '../../../../src/renderer/components/new/ExperimentForm.vue'
import {
  useExperimentDraft,
  type ExperimentDraft,
} from '../../../../src/renderer/components/new/use-experiment-draft.ts'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import type { NetworkReport } from '../../../../src/shared/network/network-file.ts'
import { schema } from '../../support/experiment-schema.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const { desktop } = vi.hoisted(() => ({ desktop: { shell: null as object | null } }))
vi.mock('../../../../src/renderer/api/shell.ts', () => ({
  get shell() {
    return desktop.shell
  },
}))

const report: NetworkReport = {
  title: 'tiny',
  inputShape: [16, 16, 3],
  vocabulary: null,
  classes: 5,
  parameters: 1234,
  feature: 'map',
  operators: { Conv: 3, Relu: 1 },
  sites: [
    { module: 'layers.0', shape: [16, 16, 8], macs: 100, parameters: 24, parts: [] },
    {
      module: 'layers.1',
      shape: [8, 8, 16],
      macs: 300,
      parameters: 48,
      parts: [{ module: 'layers.1.conv', operators: ['Conv', 'Relu', 'Relu'], shape: [16, 8, 8] }],
    },
    { module: 'layers.2', shape: [8, 8, 16], macs: 360, parameters: 48, parts: [] },
  ],
  skips: [{ from: { operator: 'Conv', module: 'stem' }, to: null, past: ['layers.3'] }],
  backboneMacs: 400,
  matchedShare: 0.5,
  noEquilibrium: null,
  notes: [],
}

const text = (network: string) => `name: own\ndata: { source: mnist }\nnetwork: ${network}\nregimes: [joint]\n`
const describe = vi.fn(async (input: { path: string }) => {
  if (input.path.includes('bad')) throw new ExitlabError('data', 'Unique of module 1.3: the operator is not supported.')
  return report
})

/** The form of a draft, with what is dropped on its page. */
function screen(network: string) {
  let draft: ExperimentDraft | undefined
  const Screen = defineComponent(() => {
    draft = useExperimentDraft()
    const own = draft
    own.load({ text: text(network), folder: null, fileName: null })
    useNetworkDrop(own)
    return () =>
      h(TooltipProvider, () => h(ExperimentForm, { draft: own, schema, problems: [], plan: null, drawing: null }))
  })
  const wrapper = mount(Screen, { attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  return { wrapper, draft: draft!, shows: (text: string) => vi.waitUntil(() => wrapper.text().includes(text)) }
}

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = ''
  desktop.shell = null
  describe.mockClear()
  provideFakeHost({ networks: { describe } })
})

test('a network of the user’s own is chosen by the absolute path of its file, and its blocks are listed', async () => {
  const { wrapper, draft, shows } = screen('{ family: resnet, variant: resnet18 }')
  const select = wrapper.get<HTMLSelectElement>('#setting-network')
  await select.setValue(
    select.findAll('option').find((option) => option.text() === 'Network of your own')!.element.value,
  )
  expect(draft.text.value).toContain('network: { family: onnx }\n')
  expect(describe).not.toHaveBeenCalled()
  await wrapper.get('#setting-network-file').setValue('/nets/tiny.onnx')
  await shows('tiny images of 16 × 16 × 3 · 5 classes · 1,234 parameters')
  expect(draft.values.value['network']).toEqual({ family: 'onnx', file: '/nets/tiny.onnx' })
  expect(describe.mock.calls.map(([input]) => input)).toEqual([{ path: '/nets/tiny.onnx' }])
  expect(wrapper.text()).toContain('50.0 % of the parameters')
  expect(wrapper.text()).toContain(
    'No exit can sit behind layers.3: what Conv of stem gives leads past there to the output.',
  )
  await wrapper
    .findAll('button')
    .find((button) => button.text() === 'exit 0 behind layers.0')!
    .trigger('click')
  expect(draft.values.value['network']).toMatchObject({ exits: [1] })
  await wrapper
    .findAll('button')
    .find((button) => button.text() === 'layers.1')!
    .trigger('click')
  expect(wrapper.get('[aria-label="Inside of layers.1"]').text()).toContain('Conv, 2 × Relu')
})

test('a relative path without a folder is read from nowhere, and the form asks for the rest', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { wrapper } = screen('{ family: onnx, file: tiny.onnx }')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(describe).not.toHaveBeenCalled()
  expect(wrapper.text()).toContain('A browser does not say where a file lies')
})

test('a refused file takes the place of the exits, with its reason and what to do', async () => {
  const { wrapper, shows } = screen('{ family: onnx, file: /nets/bad.onnx }')
  await shows('This file cannot be used')
  const refusal = wrapper.get('[aria-labelledby="network-refusal"]')
  expect(refusal.get('[role=alert]').text()).toContain('Unique of module 1.3: the operator is not supported.')
  expect(refusal.text()).toContain('exitlab export-backbone')
  expect(wrapper.text()).not.toContain('Placement')
})

test('another file drops exits that name blocks of the one before, and keeps placements', async () => {
  const { wrapper, draft } = screen('{ family: onnx, file: /nets/a.onnx, exits: [0, 1] }')
  await wrapper.get('#setting-network-file').setValue('/nets/b.onnx')
  expect(draft.values.value['network']).toEqual({ family: 'onnx', file: '/nets/b.onnx' })
  draft.set(['network', 'exits'], 'all')
  await wrapper.get('#setting-network-file').setValue('/nets/c.onnx')
  expect(draft.values.value['network']).toEqual({ family: 'onnx', file: '/nets/c.onnx', exits: 'all' })
})

test('a dropped file becomes the network, by its path where the window knows it; others are refused', async () => {
  desktop.shell = { pathOf: () => '/nets/tiny.onnx', onHostState: () => () => {} }
  const { draft } = screen('{ family: resnet, variant: resnet18 }')
  const drop = (name: string) => {
    const event = new Event('drop', { cancelable: true })
    Object.assign(event, { dataTransfer: { types: ['Files'], files: [new File([], name)] } })
    window.dispatchEvent(event)
    return flushPromises()
  }
  await drop('notes.txt')
  expect(draft.values.value['network']).toMatchObject({ family: 'resnet' })
  await drop('tiny.onnx')
  expect(draft.values.value['network']).toEqual({ family: 'onnx', file: '/nets/tiny.onnx' })
})

test('a file that is dropped elsewhere in a browser waits for the form, by its name', async () => {
  const { keep } = useDroppedNetwork()
  expect(keep([new File([], 'results.csv')])).toBe(false)
  expect(keep([new File([], 'TINY.ONNX')])).toBe(true)
  const { draft } = screen('{ family: resnet, variant: resnet18 }')
  await flushPromises()
  expect(draft.values.value['network']).toEqual({ family: 'onnx', file: 'TINY.ONNX' })
})

test('rows have the costs of the file, or those of the experiment where it could be drawn', () => {
  const rows = chainRows(report, null, [1])
  expect(rows.map(({ macs, fraction, exit, placeable, stage }) => [macs, fraction, exit, placeable, stage])).toEqual([
    [100, 0.25, null, true, '16 × 16'],
    [300, 0.75, 0, true, '8 × 8'],
    [360, 0.9, null, false, null],
  ])
  const node = (block: number, macs: number | null) => ({
    ...{ id: `blocks.${block}`, kind: 'block' as const, block, label: '', column: block, row: 0, exit: null },
    ...{ detail: '14 × 14 × 8', macs, fraction: macs === null ? null : macs / 1000 },
  })
  const drawing = { nodes: [node(0, 110), node(1, 320), node(2, null)] } as never
  const drawn = chainRows(report, drawing, [])
  expect(drawn.map(({ macs, shape }) => [macs, shape])).toEqual([
    [110, '14 × 14 × 8'],
    [320, '14 × 14 × 8'],
    [null, '14 × 14 × 8'],
  ])
  expect(operatorWords(['Conv', 'Relu', 'Conv'])).toBe('2 × Conv, Relu')
  expect([moduleWithin('a.0.conv', 'a.0'), moduleWithin('b', 'a.0')]).toEqual(['conv', 'b'])
})
