import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shown } from './step.js'
import type { World } from './world.js'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))

/** A guest that misbehaves on request: each path tries to break one limit. */
const MISBEHAVIOUR = `
import { fetch } from 'gatehouse:extension/http@0.1.0'
import { get } from 'gatehouse:extension/kv@0.1.0'

const ask = (url) => fetch({ method: 'GET', url, headers: [], body: new Uint8Array() })
const answer = (text) => ({ status: 200, headers: [['content-type', 'text/plain']], body: Uint8Array.from(text, (c) => c.charCodeAt(0)) })

export function handle(request) {
  switch (request.path) {
    case '/spin':
      for (;;);
    case '/hoard': {
      const kept = []
      for (;;) kept.push(new Uint8Array(1 << 20).fill(1))
    }
    case '/flood':
      return { status: 200, headers: [], body: new Uint8Array(1 << 20) }
    case '/storm':
      for (;;) get('x')
    case '/wait':
      ask('http://localhost:RATES_PORT/rates/never')
      return answer('waited')
    case '/reach':
      try {
        ask('http://undeclared.example/')
        return answer('reached')
      } catch (error) {
        return answer(JSON.stringify(error.payload))
      }
    default:
      return answer('fine')
  }
}
`

/** A guest that imports storage which its manifest does not declare. */
const UNDECLARED = `
import { get } from 'gatehouse:extension/kv@0.1.0'
export function handle() {
  get('x')
  return { status: 204, headers: [], body: new Uint8Array() }
}
`

const endpoints = (...paths: string[]) =>
  paths.map((path) => ({ id: path.slice(1), title: path.slice(1), method: 'POST', path }))

const manifest = (id: string, more: object) => ({
  manifest_version: 2,
  id: `com.acme-labs.${id}`,
  version: '1.0.0',
  type: 'workflow-step',
  name: id,
  description: 'Part of the demo.',
  compatibility: { platform: '>=0.1.0' },
  runtime: { kind: 'component', entry: 'component.wasm' },
  billing: { model: 'free' },
  ...more,
})

const write = (folder: string, files: Record<string, string>): void => {
  mkdirSync(join(folder, 'src'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}

/** Folder of one of the reference extensions, copied; hosts of others are where the demo stands for them. */
export const referenceExtension = (world: World, name: string): string => {
  const folder = join(world.folder, name)
  cpSync(join(REPOSITORY, 'extensions', name), folder, { recursive: true })
  const path = join(folder, 'extension.json')
  const here = readFileSync(path, 'utf8').replaceAll('4100', String(world.rates.port))
  writeFileSync(path, here.replaceAll('4101', String(world.partners.port)))
  return folder
}

/** Folder of the guest that misbehaves, with small limits. */
export const misbehaver = (world: World): string => {
  const folder = join(world.folder, 'misbehaver')
  const described = manifest('misbehaver', {
    permissions: ['http:fetch', 'kv:read'],
    api: { endpoints: endpoints('/spin', '/hoard', '/flood', '/storm', '/wait', '/reach', '/fine') },
    egress: [{ host: 'localhost', port: world.rates.port, scheme: 'http', methods: ['GET'], path_prefix: '/rates' }],
    limits: { fuel: 100_000_000, memory_mb: 16, wall_ms: 2_000, output_bytes: 65_536, host_calls: 20 },
  })
  write(folder, {
    'extension.json': JSON.stringify(described),
    'src/handler.js': MISBEHAVIOUR.replaceAll('RATES_PORT', String(world.rates.port)),
  })
  return folder
}

/** Folder of the guest that takes what it does not declare: built with storage, then described without it. */
export const undeclared = async (world: World): Promise<string> => {
  const folder = join(world.folder, 'undeclared')
  const describe = (permissions: string[]): string =>
    JSON.stringify(manifest('undeclared', { permissions, api: { endpoints: endpoints('/take') } }))
  write(folder, { 'extension.json': describe(['kv:read']), 'src/handler.js': UNDECLARED })
  const built = await world.cli('acme_developer', 'ext', 'build', folder)
  shown(built.code === 0, 'the guest builds', built)
  writeFileSync(join(folder, 'extension.json'), describe([]))
  return folder
}

/** Path of the publisher's signing key that the demo data comes with. */
export const signingKey = (world: World): string => join(world.data, 'keys', 'acme-labs.publisher.pem')

/** The repository's own lockfile: real input. */
export const lockfilePath = join(REPOSITORY, 'package-lock.json')
