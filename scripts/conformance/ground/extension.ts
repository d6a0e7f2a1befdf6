import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { BUNDLE_MEDIA_TYPE, ENVELOPE_HEADER } from '#contract/api/registry.js'
import type { HeldBody } from '#sdk/client/types.js'
import { signStatement } from '#runtime/bundle/dsse.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { signingKey } from '../../demo/guests.js'
import type { WalkGround } from './walk-ground.js'

/** The extension that walks install and call; it uses every capability. */
export const WALKED = 'com.acme-labs.walked'
/** An event that it publishes, and fails to take. */
export const HAPPENED = `${WALKED}.happened`
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const GUEST = `
import { write } from 'gatehouse:extension/log@0.1.0'
import { record } from 'gatehouse:extension/metrics@0.1.0'
export function handle(request) {
  if (request.path === '/take') return { status: 500, headers: [], body: new Uint8Array() }
  write('info', 'called')
  record({ kind: 'counter', name: 'calls', value: 1, labels: [] })
  const said = JSON.stringify({ method: request.method })
  const body = Uint8Array.from(said, (each) => each.codePointAt(0))
  return { status: 200, headers: [['content-type', 'application/json']], body }
}
`
const BASE = {
  manifest_version: 2,
  type: 'workflow-step',
  name: 'Walked',
  description: 'Is there to be walked through.',
  compatibility: { platform: '>=0.1.0' },
  runtime: { kind: 'component', entry: 'component.wasm' },
  billing: { model: 'free' },
}
export const PERMISSIONS = [
  ...(['kv:read', 'kv:write', 'log:write', 'http:fetch', 'secrets:read', 'config:read', 'metrics:write'] as const),
  ...(['events:publish', 'events:subscribe'] as const),
]
const shape = { type: 'object', properties: { count: { type: 'integer' } } }
const call = (method: string) => ({ id: method.toLowerCase(), title: method, method, path: '/things' })

const manifestOf = (ratesPort: number) => ({
  ...{ ...BASE, id: WALKED, version: '1.0.0', permissions: PERMISSIONS },
  api: { endpoints: [...METHODS.map(call), { id: 'take', title: 'Take', method: 'POST', path: '/take' }] },
  config: { version: 1, schema: { type: 'object', properties: { limit: { type: 'integer' } } } },
  secrets: [{ name: 'TOKEN', title: 'Token', description: 'A token' }],
  egress: [{ host: 'localhost', port: ratesPort, scheme: 'http', methods: ['GET'] }],
  events: {
    emits: [{ type: HAPPENED, description: 'Something happened', schema: shape }],
    consumes: [{ type: HAPPENED, schema: shape, endpoint: 'take' }],
  },
})

interface Manifest {
  readonly id: string
  readonly version: string
}

/** Uploads an extension with this guest for the demo's publisher, signed; has a reviewer let it through where policy asks for one. */
const publish = async (ground: WalkGround, manifest: Manifest, capabilities: readonly string[]): Promise<string> => {
  const component = await ground.once(`guest ${capabilities.join()}`, () =>
    buildComponent({ source: { js: capabilities.length > 0 ? GUEST : PLAIN }, capabilities }),
  )
  const files = { 'extension.json': Buffer.from(JSON.stringify(manifest)), 'component.wasm': component }
  const { bytes, digest } = await packBundle(new Map<string, Uint8Array>(Object.entries(files)))
  const key = createPrivateKey(readFileSync(signingKey(ground.world)))
  const envelope = JSON.stringify(signStatement({ digest, extension: manifest.id, version: manifest.version }, key))
  const headers = { [ENVELOPE_HEADER]: Buffer.from(envelope).toString('base64'), 'content-type': BUNDLE_MEDIA_TYPE }
  const sent = await ground.as('acme_developer').send('extensions.publish', { body: bytes }, { headers })
  if (sent.status === 202) await approve(ground, ((await sent.json()) as HeldBody).approval.id)
  const params = { name: manifest.id, semver: manifest.version }
  await ground.found(async () => {
    const version = await ground.as('acme_admin').get('versions.show', { params })
    if (version.review_state !== 'approved') throw new Error(`it is ${version.review_state}`)
  })
  return digest
}

/** The demo's reviewer agrees to what was held. */
export const approve = async (ground: WalkGround, id: string): Promise<void> => {
  const reviewer = ground.as('reviewer')
  const { subject_digest } = await reviewer.get('approvals.show', { params: { id } })
  await reviewer.get('approvals.vote', { params: { id }, body: { verdict: 'approve', subject_digest } })
}

const PLAIN = 'export function handle() { return { status: 204, headers: [], body: new Uint8Array() } }'

/** Another extension each time, that asks for nothing; its name. */
export const another = async (ground: WalkGround): Promise<string> => {
  const id = `com.acme-labs.${ground.slug()}`
  const api = { endpoints: [{ id: 'run', title: 'Run', method: 'POST', path: '/run' }] }
  await publish(ground, { ...BASE, id, version: '1.0.0', permissions: [], api } as Manifest, [])
  return id
}

const installOf = async (ground: WalkGround, extension: string, permissions: readonly string[], around: object) => {
  const { versions } = await ground.as('acme_admin').get('extensions.show', { params: { name: extension } })
  const consent = { digest: versions[0]!.digest, permissions: [...permissions] }
  const body = { extension, permissions: [...permissions], consent, ...around } as never
  return ground.as('acme_admin').get('installs.create', { body })
}

/** Acme's install of the extension that uses everything; the same each time. */
export const installed = (ground: WalkGround) =>
  ground.once('install', async () => {
    const manifest = manifestOf(ground.world.rates.port)
    await publish(ground, manifest, ['log', 'metrics'])
    return installOf(ground, WALKED, PERMISSIONS, { config: { limit: 7 }, secrets: { TOKEN: 'hush' } })
  })

/** An install of another extension each time. */
export const anotherInstall = async (ground: WalkGround) => installOf(ground, await another(ground), [], {})

/** A runtime token of the install, which makes its host calls. */
export const runtimeToken = (ground: WalkGround): Promise<string> =>
  ground.once('runtime token', async () => {
    const { id } = await installed(ground)
    const body = { name: 'walk', expires_in: 3_600 }
    return (await ground.as('acme_admin').get('tokens.create', { params: { id }, body })).access_token
  })
