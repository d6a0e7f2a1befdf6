import { parse } from '@bytecodealliance/jco'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { COUNTING_WAT } from '../testing/guests.js'
import { artifactOfSource } from '../testing/slot-fixture.js'
import { buildComponent } from '../toolchain/build-component.js'
import { admit } from './admit.js'
import { GLUE_FILE, loadArtifact, SIGNATURE_FILE, signArtifact, writeArtifact, type Artifact } from './artifact.js'
import { allowedImports } from './component-imports.rules.js'

const OPTIONS = { maxMemoryPages: 1024 }
const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'admitted',
    (error: { code?: string }) => error.code ?? error,
  )
const JS = `import { get } from 'gatehouse:extension/kv@0.1.0'
export const handle = () => ({ status: 200, headers: [], body: get('a') ?? new Uint8Array() })`

/** A component whose `handle` is a core function of this name. */
const exporting = (name: string): string => `(component
  (core module $m (memory (export "memory") 1) (func (export ${watString(name)}) (result i32) i32.const 42))
  (core instance $i (instantiate $m))
  (alias core export $i ${watString(name)} (core func $f))
  (func $h (result u32) (canon lift (core func $f)))
  (export "handle" (func $h)))`

const watString = (text: string): string =>
  `"${[...Buffer.from(text)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')}"`

/** A component whose `handle` calls a function of an imported interface, and answers what that answers. */
const calling = (from: string, name: string): string => `(component
  (import "${from}" (instance $from (export "${name}" (func (result u32)))))
  (core func $lowered (canon lower (func $from "${name}")))
  (core module $m (import "host" "f" (func $f (result i32))) (func (export "handle") (result i32) (call $f)))
  (core instance $host (export "f" (func $lowered)))
  (core instance $i (instantiate $m (with "host" (instance $host))))
  (alias core export $i "handle" (core func $handle))
  (func $h (result u32) (canon lift (core func $handle)))
  (export "handle" (func $h)))`

/** The component with documentation of its world, as a custom section carries it. */
const withDocs = (component: Uint8Array, docs: string): Uint8Array => {
  const section = Buffer.concat([Buffer.from('\x0cpackage-docs\0'), Buffer.from(docs)])
  const length = [(section.length & 127) | 128, section.length >> 7]
  return Buffer.concat([component, Buffer.from([0, ...length]), section])
}

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

  it.each([
    ['wasi:sockets/tcp@0.2.0', 'gatehouse:extension/http'],
    ['wasi:sockets/ip-name-lookup@0.2.12', 'gatehouse:extension/http'],
    ['wasi:http/outgoing-handler@0.2.3', 'gatehouse:extension/http'],
    ['wasi:keyvalue/store@0.2.0-draft', 'gatehouse:extension/kv'],
    ['wasi:clocks/timezone@0.2.12', 'gatehouse:extension/clock'],
    ['wasi:clocks/wall-clock@0.3.0', 'WASI 0.2'],
    ['wasi:io/streams@0.2.0-rc-2023-11-10', 'WASI 0.2'],
  ])('refuses %s by name and says to use %s', async (name, instead) => {
    const wat = `(component (import "${name}" (instance (export "f" (func)))))`
    await expect(admit(await parse(wat), OPTIONS)).rejects.toMatchObject({
      code: 'admission.import_refused',
      message: expect.stringContaining(`${name} (use ${instead}`),
      details: { imports: [name] },
    })
  })

  it('refuses by name what nothing takes the place of', async () => {
    const wat = '(component (import "wasi:nn/graph@0.2.0" (instance (export "f" (func)))))'
    await expect(admit(await parse(wat), OPTIONS)).rejects.toThrow('imports wasi:nn/graph@0.2.0; on offer')
  })

  it.each(['has-own-property', 'constructor', 'get-stdout-of'])(
    'refuses a function %s that the interface does not have',
    async (name) => {
      const component = await parse(calling('wasi:cli/stdout@0.2.0', name))
      await expect(admit(component, OPTIONS)).rejects.toMatchObject({
        code: 'admission.import_refused',
        details: { imports: [`wasi:cli/stdout@0.2.0#${name}`] },
      })
    },
  )

  it.each([
    ["x']||(globalThis.taken=1)||exports0['x", 'a quote'],
    ['x\\', 'a backslash'],
    ['x\u2028', 'a separator of lines'],
    ['${x}`', 'a template'],
    ['*/x/*', 'the end of a comment'],
  ])('refuses the name %j of a core export, which would reach the glue with %s', async (name) => {
    expect(await code(admit(await parse(exporting(name)), OPTIONS))).toBe('admission.name_refused')
  })

  it.each(['\u2028', '\u2029', '\r'])('takes no world out of a comment that has %j in it', async (separator) => {
    const wat = '(component (import "wasi:sockets/network@0.2.0" (instance (export "network" (func)))))'
    const docs = `x${separator}world root {\ny\n${separator}}\nz`
    const component = withDocs(await parse(wat), JSON.stringify({ docs, worlds: { root: { docs } } }))
    expect(await code(admit(component, OPTIONS))).toBe('admission.import_refused')
  })

  it('refuses a memory above the cap', async () => {
    expect(await code(admit(component, { maxMemoryPages: 4 }))).toBe('admission.memory_too_large')
  })

  describe('on disk', () => {
    const keys = generateKeyPairSync('ed25519')
    let artifact: Artifact
    let folder: string
    beforeAll(async () => {
      artifact = await artifactOfSource({ wat: COUNTING_WAT })
      folder = join(await mkdtemp(join(tmpdir(), 'gatehouse-artifact-')), 'artifact')
    })
    afterAll(() => rm(dirname(folder), { recursive: true }))

    it('is read back only as it was admitted, and only with our signature', async () => {
      const signature = signArtifact(artifact.digest, keys.privateKey)
      await writeArtifact(folder, artifact, signature)
      expect((await loadArtifact(folder, artifact.digest, keys.publicKey)).record).toEqual(artifact.record)
      const stranger = generateKeyPairSync('ed25519')
      expect(await code(loadArtifact(folder, artifact.digest, stranger.publicKey))).toBe('artifact.signature_bad')
      await writeFile(join(folder, GLUE_FILE), 'export function instantiate() {}')
      expect(await code(loadArtifact(folder, artifact.digest, keys.publicKey))).toBe('artifact.digest_mismatch')
      await rm(join(folder, GLUE_FILE))
      expect(await code(loadArtifact(folder, artifact.digest, keys.publicKey))).toBe('artifact.missing')
    })

    it('is whole for each of those who call it first at the same moment and all write it', async () => {
      const signature = signArtifact(artifact.digest, keys.privateKey)
      const read = () => loadArtifact(folder, artifact.digest, keys.publicKey)
      const write = async () => {
        await writeArtifact(folder, artifact, signature)
        // Others are still at it: what one has written must not go away again.
        for (let times = 0; times < 2; times++) expect((await read()).record).toEqual(artifact.record)
      }
      const befores: (() => Promise<unknown>)[] = [
        () => rm(folder, { recursive: true, force: true }),
        () => truncate(join(folder, GLUE_FILE), 10),
        async () => undefined,
      ]
      for (let round = 0; round < 12; round++) {
        await befores[round % befores.length]!()
        await Promise.all(Array.from({ length: 8 }, write))
        expect((await readdir(folder)).toSorted()).toEqual([...artifact.files.keys(), SIGNATURE_FILE].toSorted())
      }
    })
  })
})

describe('allowedImports', () => {
  it('knows our interfaces in our version only', () => {
    const world = (name: string) =>
      `package root:component;\n\nworld root {\n  import ${name};\n\n  export handle: func();\n}\n`
    expect(allowedImports(world('gatehouse:extension/kv@0.1.0'))).toEqual({ own: ['kv'], wasi: [] })
    for (const name of ['gatehouse:extension/kv@0.2.0', 'gatehouse:extension/kv', 'evil:x/kv@0.1.0', 'run: func()'])
      expect(() => allowedImports(world(name))).toThrow('imports')
  })
})
