// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { computed, defineComponent, h, shallowRef } from 'vue'
import ClassCounts from '../../../../src/renderer/components/new/ClassCounts.vue'
import DataPreview from '../../../../src/renderer/components/new/DataPreview.vue'
import { useDataPreview } from '../../../../src/renderer/components/new/use-data-preview.ts'
import type { ReadExperiment } from '../../../../src/renderer/components/new/use-experiment-checks.ts'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { ExperimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

type Calls = HostClient['data']
const host = { describe: vi.fn<Calls['describe']>(), samples: vi.fn<Calls['samples']>() }

const common = {
  classNames: ['cat', 'dog'],
  classCounts: { train: [30, 18], validation: [3, 2], test: [5, 5] },
  available: { train: 53, test: 10 },
  testHeldBack: null,
}
const found = { kind: 'images' as const, height: 8, width: 8, channels: 1, ...common }

class EverythingInSight {
  observe: () => void
  constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
    this.observe = () => tell([{ isIntersecting: true }])
  }
  disconnect() {}
}

beforeEach(() => {
  provideFakeHost({ data: host })
  vi.stubGlobal('IntersectionObserver', EverythingInSight)
  host.describe.mockReset().mockResolvedValue(found)
  host.samples.mockReset().mockImplementation(async ({ samples }) => ({
    classes: found.classNames,
    samples: samples.map((sample) => ({ sample, index: sample, label: sample % 2, mixedWith: null, png: new Blob() })),
  }))
})

const experimentOn = (data: object, changes: object = {}): ReadExperiment => ({
  file: { data, ...changes } as ExperimentFile,
  source: '',
  folder: null,
})

function screen() {
  const experiment = shallowRef<ReadExperiment | null>(experimentOn({ source: 'mnist' }))
  /** Data as they are written, where the text is no experiment. */
  const unreadable = shallowRef<object | null>(null)
  let preview: ReturnType<typeof useDataPreview>
  const Screen = defineComponent(() => {
    const written = computed(() => JSON.stringify(unreadable.value ?? experiment.value?.file.data))
    preview = useDataPreview(computed(() => (unreadable.value ? null : experiment.value)), written) // prettier-ignore
    return () => h(DataPreview, { preview })
  })
  const wrapper = mount(Screen, { attachTo: document.body })
  return { experiment, unreadable, wrapper, preview: preview! }
}

test('says nothing of data that the experiment no longer names', async () => {
  const { unreadable, wrapper, preview } = screen()
  await flushPromises()
  expect(preview.found.value).toEqual(found)
  // A folder of images without its path.
  unreadable.value = { source: 'image-folder' }
  await flushPromises()
  expect(preview.found.value).toBeNull()
  expect(wrapper.find('.pictures').exists()).toBe(false)
  expect(wrapper.text()).toContain('Shown once the data of the experiment can be read')
  unreadable.value = null
  await flushPromises()
  expect(preview.found.value).toEqual(found)
  expect(host.describe).toHaveBeenCalledTimes(1)
  wrapper.unmount()
})

test('shows images at even distances with their classes, and counts of each class', async () => {
  const { wrapper } = screen()
  await flushPromises()
  const [asked] = host.samples.mock.calls[0]!
  expect(asked).toMatchObject({ split: 'train', augmented: true })
  expect(asked.samples).toEqual(Array.from({ length: 24 }, (_, place) => 2 * place))
  expect(wrapper.findAll('.pictures li')).toHaveLength(24)
  expect(wrapper.get('.pictures li').text()).toBe('cat')
  expect(wrapper.findAll('tbody tr').map((row) => row.text())).toEqual(['cat3035', 'dog1825'])
  wrapper.unmount()
})

test('asks again for other images, unchanged ones, and of other data, but not for another network', async () => {
  const { experiment, wrapper } = screen()
  await flushPromises()
  await wrapper.get('[role=switch]').setValue(false)
  await flushPromises()
  expect(host.samples).toHaveBeenLastCalledWith(expect.objectContaining({ split: 'train', augmented: false }))
  await wrapper.get('input[value=test]').setValue()
  await flushPromises()
  const samples = Array.from({ length: 10 }, (_, sample) => sample)
  expect(host.samples).toHaveBeenLastCalledWith(expect.objectContaining({ split: 'test', augmented: false, samples }))
  expect(wrapper.get('[role=switch]').attributes('disabled')).toBeDefined()
  const calls = host.samples.mock.calls.length
  experiment.value = experimentOn({ source: 'mnist' }, { network: { family: 'vit' } })
  await flushPromises()
  expect([host.describe.mock.calls.length, host.samples.mock.calls.length]).toEqual([1, calls])
  experiment.value = experimentOn({ source: 'cifar10' })
  await flushPromises()
  expect(host.describe).toHaveBeenCalledTimes(2)
  expect(host.samples.mock.calls.length).toBe(calls + 1)
  wrapper.unmount()
})

test('lists the images that are left out', async () => {
  const leftOut = { train: { count: 0, of: 53 }, test: { count: 1, of: 11 }, files: ['/images/test/cat/1.jpg'] }
  host.describe.mockResolvedValue({ ...found, leftOut })
  const { wrapper } = screen()
  await flushPromises()
  expect(wrapper.text()).toContain('1 of 64 images cannot be decoded and is left out')
  expect(wrapper.text()).toContain('/images/test/cat/1.jpg')
  wrapper.unmount()
})

test('explains why there is nothing to show', async () => {
  host.describe.mockRejectedValue(new Error('data.path: /missing does not exist'))
  const { wrapper } = screen()
  await flushPromises()
  expect(wrapper.text()).toContain('/missing does not exist')
  expect(host.samples).not.toHaveBeenCalled()
  wrapper.unmount()
})

test('shows texts with their classes or values, and how long they are', async () => {
  const facts = {
    isPaired: true,
    maxLength: 128,
    tokens: { median: 26, longest: 1204, padded: 47 },
    truncated: 6,
    empty: 1,
  }
  const values = { least: 0, mean: 2.6, largest: 5 }
  const regression = { task: 'regression' as const, classNames: [''], values }
  host.describe.mockResolvedValue({ ...common, kind: 'text', ...regression, ...facts })
  host.samples.mockImplementation(async ({ samples }) => ({
    classes: [''],
    samples: samples.map((sample) => {
      const texts = { first: `first ${sample}`, second: `second ${sample}` }
      return { sample, index: sample, label: 0, value: 3.75, mixedWith: null, texts }
    }),
  }))
  const { wrapper } = screen()
  await flushPromises()
  expect(wrapper.text()).toContain('values 0 to 5, mean 2.6: 48 training, 5 validation and 10 test pairs of texts')
  expect(wrapper.text()).toContain('Tokens: median 26, longest 1,204; 9.5 % are cut to 128; 1 text without a word')
  expect(wrapper.findAll('.texts li')).toHaveLength(24)
  expect(wrapper.get('.texts li').text()).toMatch(/3\.75\s*first 0\s*second 0/)
  expect(wrapper.text()).not.toContain('Augmented')
  expect(wrapper.findComponent(ClassCounts).exists()).toBe(false)
})

test('shows no samples of other data under the names of these', async () => {
  const { experiment, preview, wrapper } = screen()
  await flushPromises()
  expect(preview.samples.value).toHaveLength(24)
  host.samples.mockReturnValue(new Promise(() => {}))
  experiment.value = experimentOn({ source: 'cifar10' })
  await flushPromises()
  expect([preview.found.value, preview.samples.value]).toEqual([found, []])
  wrapper.unmount()
})
