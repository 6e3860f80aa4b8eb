// What the compiler does not see: promises nobody waits for, `any`, and the layers (tests/project checks those again, file by file).
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const browserApi = {
  group: ['webextension-polyfill', 'wxt/browser'],
  message: 'Only lib/platform and entrypoints talk to the browser.',
};
const upward = {
  group: ['**/entrypoints/**', '**/components/**'],
  message: 'Nothing in lib/ knows entrypoints or components.',
};
const runtime = {
  group: ['onnxruntime-web', 'onnxruntime-web/*', '@huggingface/*'],
  message: 'ONNX Runtime and the tokenizer stay in lib/model.',
  allowTypeImports: true,
};

function restrictImports(files, ignores, patterns) {
  return { files, ignores, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } };
}

export default defineConfig(
  // AssemblyScript is checked by its own compiler.
  {
    ignores: [
      'lib/model/marian/assembly',
      'node_modules',
      '.output',
      '.wxt',
      '.cache',
      'artifacts',
      'tests/pages',
      'tests/fixtures',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true, boolean: true } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-console': 'error',
      'no-empty': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of strings says the same in plain JSON.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports can be traced to their file.' },
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from where the name is made.' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['entrypoints/**', '*.config.{ts,js}'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } },
  restrictImports(['lib/platform/**'], [], [upward, runtime]),
  restrictImports(['lib/model/**'], [], [upward, browserApi]),
  restrictImports(['lib/**'], ['lib/platform/**', 'lib/model/**'], [upward, browserApi, runtime]),
  restrictImports(['components/**'], [], [browserApi, runtime]),
);
