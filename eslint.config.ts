import type { Rule } from 'eslint'
import { defineConfig } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { faultOf, type ImportKind } from './test/support/architecture.ts'

interface ImportNode {
  source?: { value?: unknown } | null
  importKind?: string
  exportKind?: string
}

/** The import table, as one types: test/architecture.test.ts enforces the same one. */
const importTable: Rule.RuleModule = {
  create(context) {
    const file = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/')
    const check = (kindOf: (node: ImportNode) => ImportKind) => (node: Rule.Node) => {
      const specifier = (node as ImportNode).source?.value
      const fault = typeof specifier === 'string' ? faultOf(file, specifier, kindOf(node as ImportNode)) : null
      if (fault !== null) context.report({ node, message: fault })
    }
    const asWritten = ({ importKind, exportKind }: ImportNode) =>
      importKind === 'type' || exportKind === 'type' ? 'type' : 'value'
    return {
      ImportDeclaration: check(asWritten),
      ExportNamedDeclaration: check(asWritten),
      ExportAllDeclaration: check(asWritten),
      ImportExpression: check(() => 'lazy'),
      TSImportType: check(() => 'type'),
    }
  },
}

export default defineConfig(
  { ignores: ['node_modules', 'out', '.tools', 'coverage', 'results', 'test/**/fixtures'] },
  tseslint.configs.recommended,
  vue.configs['flat/essential'],
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'max-params': ['error', { max: 4 }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'named exports only' }],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // What TypeScript finds by itself.
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-macros-order': 'error',
      'vue/no-v-html': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/prefer-true-attribute-shorthand': 'error',
      'vue/require-explicit-emits': 'error',
      'vue/multi-word-component-names': ['error', { ignores: ['Panel'] }],
    },
  },
  {
    files: ['**/*.config.ts', 'docs/.vitepress/config.ts', 'examples/extensions/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['src/main/cli/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    plugins: { exitlab: { rules: { 'import-table': importTable } } },
    rules: { 'exitlab/import-table': 'error', 'max-lines': ['error', 300] },
  },
  {
    // Its tests have Node, so that the type checker knows these.
    files: ['src/renderer/**'],
    rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'global', 'require', 'module'] },
  },
  {
    files: ['src/engine/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'the engine draws from named streams (engine/random.ts)' },
        { object: 'Date', property: 'now', message: 'the engine has no clock: pass times in' },
        { object: 'performance', property: 'now', message: 'the engine has no clock: pass times in' },
      ],
    },
  },
)
