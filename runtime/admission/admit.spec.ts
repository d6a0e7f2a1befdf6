import { parse } from '@bytecodealliance/jco'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildComponent } from '../toolchain/build-component.js'
import { admit } from './admit.js'
import { GLUE_FILE, loadArtifact, signArtifact, writeArtifact } from './artifact.js'
import { allowedImports } from './component-imports.rules.js'

const OPTIONS = { maxMemoryPages: 1024 }
const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'admitted',
    (error: { code?: string }) => error.code ?? error,
  )
const JS = `import { get } from 'gatehouse:extension/kv@0.1.0'
export const handle = () => ({ status: 200, headers: [], body: get('a') ?? new Uint8Array() })`

describe('admit', () => {
  let component: Uint8Array
  beforeAll(async () => {
    component = await buildComponent({ source: { js: JS }, capabilities: ['kv', 'log'] })
  }, 60_000)

  it('gives the same artifact for the same bytes and names what it imports', async () => {
    const [first, second] = [await admit(component, OPTIONS), await admit(component, OPTIONS)]
    expect(first.digest).toBe(second.digest)
    expect(first.record.imports).toEqual(expect.arrayContaining(['kv']))
    expect(first.record.resettable).toBe(true)
    expect((await admit(component, { maxMemoryPages: 512 })).digest).not.toBe(first.digest)
  })

  it('refuses an interface of ours that the manifest does not declare', async () => {
    expect(await code(admit(component, { ...OPTIONS, capabilities: ['log'] }))).toBe('admission.undeclared_import')
    expect(await code(admit(component, { ...OPTIONS, capabilities: ['kv', 'log'] }))).toBe('admitted')
  })

  it.each([
    ['admission.not_a_component', new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
    ['admission.not_a_component', new Uint8Array()],
    ['admission.transpile_failed', new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 99, 1, 1])],
  ])('%s', async (expected, bytes) => {
    expect(await code(admit(bytes, OPTIONS))).toBe(expected)
  })

  it('refuses a component without handle', async () => {
    expect(await code(admit(await parse('(component)'), OPTIONS))).toBe('admission.no_handle')
  })

  it('refuses WASI by name', async () => {
    const wat = '(component (import "wasi:cli/environment@0.2.0" (instance (export "get-arguments" (func)))))'
    await expect(admit(await parse(wat), OPTIONS)).rejects.toThrow(/wasi:cli\/environment@0\.2\.0 \(use gatehouse/)
  })

  it('refuses a memory above the cap', async () => {
    expect(await code(admit(component, { maxMemoryPages: 4 }))).toBe('admission.memory_too_large')
  })

  describe('on disk', () => {
    const keys = generateKeyPairSync('ed25519')
    let folder: string
    beforeAll(async () => {
      folder = join(await mkdtemp(join(tmpdir(), 'gatehouse-artifact-')), 'artifact')
    })
    afterAll(() => rm(dirname(folder), { recursive: true }))

    it('is read back only as it was admitted, and only with our signature', async () => {
      const artifact = await admit(component, OPTIONS)
      await writeArtifact(folder, artifact, signArtifact(artifact.digest, keys.privateKey))
      expect((await loadArtifact(folder, artifact.digest, keys.publicKey)).record).toEqual(artifact.record)
      const stranger = generateKeyPairSync('ed25519')
      expect(await code(loadArtifact(folder, artifact.digest, stranger.publicKey))).toBe('artifact.signature_bad')
      await writeFile(join(folder, GLUE_FILE), 'export function instantiate() {}')
      expect(await code(loadArtifact(folder, artifact.digest, keys.publicKey))).toBe('artifact.digest_mismatch')
      await rm(join(folder, GLUE_FILE))
      expect(await code(loadArtifact(folder, artifact.digest, keys.publicKey))).toBe('artifact.missing')
    })
  })
})

describe('allowedImports', () => {
  it('knows our interfaces in our version only', () => {
    const world = (name: string) =>
      `package root:component;\n\nworld root {\n  import ${name};\n\n  export handle: func();\n}\n`
    expect(allowedImports(world('gatehouse:extension/kv@0.1.0'))).toEqual(['kv'])
    for (const name of ['gatehouse:extension/kv@0.2.0', 'gatehouse:extension/kv', 'evil:x/kv@0.1.0', 'run: func()'])
      expect(() => allowedImports(world(name))).toThrow('imports')
  })
})
