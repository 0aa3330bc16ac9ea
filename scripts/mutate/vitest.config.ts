import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/**
 * The tests that are named by the environment, for Stryker. Its own option for test files activates mutants of code that
 * runs when a module is loaded too late, so that they all survive.
 */
export default defineConfig({
  ...base,
  test: { ...base.test, projects: undefined, include: process.env.EXITLAB_MUTATE_TESTS!.split(',') },
})
