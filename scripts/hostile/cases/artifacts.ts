import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { admit } from '#runtime/admission/admit.js'
import { GLUE_FILE, loadArtifact, signArtifact, writeArtifact } from '#runtime/admission/artifact.js'
import { AdmissionError } from '#runtime/errors.js'
import { COUNTING_WAT } from '#runtime/testing/guests.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { hostile, type HostileCase } from '../case.js'

const RECORD = 'admission.json'
const SIGNATURE = 'admission.sig'

/** Somebody who can write where artifacts lie: what was admitted is changed before a slot loads it. */
const changed = (name: string, expected: string, change: (folder: string) => Promise<unknown>): HostileCase =>
  hostile<'slots'>({
    name: `artifact: ${name}`,
    ground: 'slots',
    expected,
    attack: async () => {
      const parent = await mkdtemp(join(tmpdir(), 'gatehouse-hostile-'))
      const folder = join(parent, 'artifact')
      const { publicKey, privateKey } = generateKeyPairSync('ed25519')
      try {
        const artifact = await admit(await buildComponent({ source: { wat: COUNTING_WAT }, capabilities: [] }), {
          maxMemoryPages: 64,
        })
        await writeArtifact(folder, artifact, signArtifact(artifact.digest, privateKey))
        await loadArtifact(folder, artifact.digest, publicKey)
        await change(folder)
        await loadArtifact(folder, artifact.digest, publicKey)
        return { code: 'loaded', escaped: true }
      } catch (error) {
        if (!(error instanceof AdmissionError)) throw error
        return { code: error.code, escaped: false, seen: error.message }
      } finally {
        await rm(parent, { recursive: true, force: true })
      }
    },
  })

const rewritten = async (path: string, rewrite: (text: string) => string): Promise<void> =>
  writeFile(path, rewrite(await readFile(path, 'latin1')), 'latin1')

export const artifacts: readonly HostileCase[] = [
  changed('code is put before the glue', 'artifact.digest_mismatch', (folder) =>
    rewritten(join(folder, GLUE_FILE), (glue) => `process.exit();\n${glue}`),
  ),
  changed('the glue is put in place of another and recorded so', 'artifact.digest_mismatch', async (folder) => {
    await writeFile(join(folder, GLUE_FILE), 'export const instantiate = () => {}')
    await rewritten(join(folder, RECORD), (record) => record.replace(/"size_bytes":\d+/, '"size_bytes":35'))
  }),
  changed('the cap on memory is raised in the record', 'artifact.digest_mismatch', (folder) =>
    rewritten(join(folder, RECORD), (record) => record.replace(/"max_memory_pages":\d+/, '"max_memory_pages":65536')),
  ),
  changed('a module runs without its meter', 'artifact.digest_mismatch', (folder) =>
    rewritten(join(folder, 'extension.core.wasm'), (wasm) => wasm.replace('gatehouse:fuel', 'gatehouse:full')),
  ),
  changed('a file is taken from outside the folder', 'artifact.missing', (folder) =>
    rewritten(join(folder, RECORD), (record) => record.replace('"extension.js"', '"../../../etc/passwd"')),
  ),
  changed('somebody else has signed it', 'artifact.signature_bad', async (folder) => {
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeFile(join(folder, SIGNATURE), signArtifact('sha256:another', privateKey))
  }),
]
