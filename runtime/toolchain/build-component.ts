import { componentEmbed, componentNew, parse, preview1AdapterReactorPath } from '@bytecodealliance/jco'
import { componentize } from 'componentize-qjs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { worldFor } from '../admission/world.js'

/** JavaScript (one self-contained ES module that exports `handle`), or the text or bytes of a core module. */
export type ComponentSource = { readonly js: string } | { readonly wat: string } | { readonly wasm: Uint8Array }

export interface BuildOptions {
  readonly source: ComponentSource
  /** Host interfaces that the manifest declares, such as `kv`. */
  readonly capabilities: readonly string[]
}

/**
 * Makes an extension's component: JavaScript runs on QuickJS inside it; a core module has to follow the canonical ABI
 * (`handle`, `cm32p2`-free names such as `gatehouse:extension/kv@0.1.0`), and may import `wasi_snapshot_preview1`. Author-side only, never run in the API.
 * Raises `AdmissionError` for an unknown capability; syntax errors come from the compilers as they are.
 */
export async function buildComponent({ source, capabilities }: BuildOptions): Promise<Uint8Array> {
  const witSource = worldFor(capabilities)
  if ('js' in source) return buildFromJs(source.js, witSource)
  const core = 'wat' in source ? await parse(source.wat) : source.wasm
  return componentNew(await componentEmbed({ binary: core, witSource, world: 'extension' }), await adaptersFor(core))
}

const PREVIEW1 = 'wasi_snapshot_preview1'

/** Rust, C and TinyGo may still speak the first form of WASI: an adapter turns that into WASI 0.2. */
async function adaptersFor(core: Uint8Array): Promise<[string, Uint8Array][]> {
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(core as BufferSource))
  if (!imported.some(({ module }) => module === PREVIEW1)) return []
  return [[PREVIEW1, await readFile(preview1AdapterReactorPath())]]
}

/**
 * Runs while the component is initialised at build time: what it allocates and frees stays in QuickJS's own free list. A call
 * that gets by with it doesn't grow the memory, so that the instance can be put back instead of made anew. On one line, so
 * that an author's line numbers stay.
 */
const HEADROOM = `new Uint8Array(${512 * 1024}); `

async function buildFromJs(source: string, wit: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-component-'))
  try {
    const witPath = join(folder, 'extension.wit')
    await writeFile(witPath, wit)
    const jsSource = HEADROOM + source
    return (await componentize({ witPath, jsSource, world: 'extension', stubWasi: true, sync: true })).component
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
