// Lint rules. The import walls of docs/ARCHITECTURE.md are enforced here:
// engine <- electron/contract.ts <- (electron/*, renderer/*).
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const noSqliteOutsideLog = {
  name: 'node:sqlite',
  message: 'One SQLite library in the process: use electron/run-log.',
}

/** Where there is anything of Vue: the rules about it would read all other files in vain. */
const VUE_FILES = ['renderer/**/*.{ts,vue}', 'test/unit/renderer/**/*.ts']

export default ts.config(
  { ignores: ['out/', 'node_modules/', 'coverage/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'].map((config) => ({ files: VUE_FILES, ...config })),
  prettier,
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.vue'] } },
  },
  {
    files: ['**/*.{ts,vue,mjs,js}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-restricted-imports': ['error', { paths: [noSqliteOutsideLog] }],
    },
  },
  {
    files: ['engine/**/*.ts'],
    languageOptions: { globals: {} },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(node:.*|electron|electron/.*|vue|pinia)$', message: 'The engine is pure.' },
            {
              group: ['**/electron/**', '**/renderer/**', '**/test/**'],
              message: 'The engine imports nothing outward.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'window',
        'document',
        'navigator',
        'performance',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'fetch',
        'console',
        'Buffer',
        'Date',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Draw from the seeded generator of the run.' },
        { object: 'Date', property: 'now', message: 'The engine reads no clock.' },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(node:.*|electron|better-sqlite3|fs|path)$', message: 'The renderer has no Node.' },
            {
              regex: 'electron/(?!contract(\\.js)?$).+',
              message: 'The renderer imports nothing of electron/ but the contract.',
            },
          ],
        },
      ],
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['electron/contract.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(node:.*|electron|\\./.*)$',
              message: 'The contract imports the engine and zod only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', 'test/**/*.mjs', '*.config.{js,ts}', 'electron/**/*.ts', 'test/**/*.ts'],
    languageOptions: { globals: globals.node },
  },
)
