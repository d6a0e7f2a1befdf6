import { readFile } from 'node:fs/promises'
import { bundleHandler } from '../bundle-handler.js'
import type { Language, StartedLanguage } from './language.js'

/** TypeScript and JavaScript: bundled, and run on QuickJS inside the component. */
export const SCRIPT: StartedLanguage = {
  handlers: ['src/handler.ts', 'src/handler.js'],
  compile: async (_folder, entry) => ({ js: (await bundleHandler(entry, { format: 'esm' })).code }),
  available: async () => undefined,
  template: 'handler.ts',
  copied: {},
  written: {},
  ignored: [],
}

/** WebAssembly by hand: a core module in the canonical ABI. */
export const WAT: Language = {
  handlers: ['src/handler.wat'],
  compile: async (_folder, entry) => ({ wat: await readFile(entry, 'utf8') }),
}
