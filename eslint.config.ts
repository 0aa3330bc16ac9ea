import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Packages that only one place may import (design: library fences). The folder table itself is test/architecture.test.ts. */
const fenced = [
  { packages: ['@tensorflow/*', 'koffi'], home: ['src/main/engine/tensorflow/**', 'src/main/engine/tf.ts'] },
  { packages: ['better-sqlite3'], home: ['src/main/store/**'] },
  { packages: ['commander', 'cli-progress'], home: ['src/main/cli/**'] },
]

export default defineConfig(
  { ignores: ['node_modules', 'out', '.tools', 'test/**/fixtures'] },
  tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'max-params': ['error', { max: 4 }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'named exports only' }],
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/main/cli/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/main/engine/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'the engine draws from named streams (engine/random.ts)' },
        { object: 'Date', property: 'now', message: 'the engine has no clock: pass times in' },
      ],
    },
  },
  ...fenced.map(({ packages, home }) => ({
    files: ['src/**/*.ts'],
    ignores: home,
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: packages, message: `only in ${home.join(', ')}` }] }] },
  })),
)
