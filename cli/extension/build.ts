import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseManifest, type Manifest } from '#contract/manifest/index.js'
import { capabilitiesOf } from '#contract/permissions.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { UsageError } from '../usage-error.js'
import { compileHandler } from './languages/index.js'

/** A bundle on disk. */
export interface Built {
  readonly bundle: string
  readonly digest: string
  readonly bytes: number
}

const MANIFEST = 'extension.json'

/** The manifest of a folder. Raises `UsageError` where there is none, or it is not valid. */
export const readManifest = async (folder: string): Promise<{ text: string; manifest: Manifest }> => {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw new UsageError(`${path} is not there: start with gatehouse ext init ${folder}`)
  const text = await readFile(path, 'utf8')
  const parsed = parseManifest(text)
  if (parsed.ok) return { text, manifest: parsed.manifest }
  throw new UsageError(
    `${path} is not valid:\n${parsed.errors.map(({ pointer, detail }) => `  ${pointer || '/'}: ${detail}`).join('\n')}`,
  )
}

/** The host interfaces that the manifest's permissions open, and bodies piece by piece where an endpoint has them. */
export const interfacesOf = (manifest: Manifest): string[] => {
  const streams = manifest.api.endpoints.some(({ stream }) => stream !== undefined) ? ['streams'] : []
  return [...capabilitiesOf(manifest.permissions), ...streams]
}

/**
 * Compiles a folder's handler into `component.wasm` and packs the bundle. Raises `UsageError` for a manifest or a handler that
 * is missing or wrong, `ToolMissing` where a compiler is, and `CompileFailed`.
 */
export const buildExtension = async (folder: string): Promise<Built> => {
  const { manifest } = await readManifest(folder)
  const source = await compileHandler(folder)
  const component = await buildComponent({ source, capabilities: interfacesOf(manifest) })
  await writeFile(join(folder, 'component.wasm'), component)
  return packExtension(folder)
}

/** Packs manifest, component and named assets into `dist/ID-VERSION.gatehouse`. */
export const packExtension = async (folder: string): Promise<Built> => {
  const { manifest } = await readManifest(folder)
  const named = [
    MANIFEST,
    manifest.runtime.entry,
    manifest.assets.icon,
    manifest.assets.source_archive,
    ...manifest.assets.files.map(({ path }) => path),
  ]
  const files = new Map<string, Uint8Array>()
  for (const name of named.filter((path) => path !== undefined)) {
    if (!existsSync(join(folder, name)))
      throw new UsageError(
        `${join(folder, name)} is not there: the manifest names it (gatehouse ext build makes the component)`,
      )
    files.set(name, await readFile(join(folder, name)))
  }
  const { bytes, digest } = await packBundle(files)
  const bundle = join(folder, 'dist', `${manifest.id}-${manifest.version}.gatehouse`)
  await mkdir(join(folder, 'dist'), { recursive: true })
  await writeFile(bundle, bytes)
  return { bundle, digest, bytes: bytes.length }
}
