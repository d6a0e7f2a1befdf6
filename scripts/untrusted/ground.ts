import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BUNDLE_MEDIA_TYPE, ENVELOPE_HEADER } from '#contract/api/registry.js'
import { signStatement } from '#runtime/bundle/dsse.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { buildComponent } from '#runtime/toolchain/build-component.js'
import { signingKey } from '../demo/guests.js'
import { World } from '../demo/world.js'
import type { Canaries } from './canaries.js'
import { untrustedExtensions, type Untrusted } from './extensions.js'
import { demand, organisationsOf, type Organisation } from './organisations.js'
import { eachOf } from './random.js'

/** One extension at one organisation. */
export interface Install {
  readonly id: string
  readonly extension: Untrusted
  readonly organisation: Organisation
}

interface Plan {
  readonly count: number
  readonly canaries: Canaries
  readonly progress: (line: string) => void
}

/** How many organisations install each extension. */
const SHARED_BY = 3
/** Few, so that they change hands at nearly every call. */
const SLOTS = '3'
/** Nobody's: whoever sees a canary of theirs has reached what nobody may. */
export const NOBODY = 'nobody'

/** A running service with untrusted extensions, each installed by several organisations that keep canaries there. */
export class UntrustedGround {
  readonly installs: Install[] = []

  private constructor(
    readonly world: World,
    readonly organisations: readonly Organisation[],
    readonly extensions: readonly Untrusted[],
    private readonly trap: Server,
  ) {}

  static async lay({ count, canaries, progress }: Plan): Promise<UntrustedGround> {
    const trap = createServer((_request, response) => response.end(canaries.plant({ tenant: NOBODY, place: NOBODY })))
    await once(trap.listen(0, '127.0.0.1'), 'listening')
    const { port } = trap.address() as AddressInfo
    const settings = { GATEHOUSE_SLOTS: SLOTS, LOG_LEVEL: 'debug' }
    const world = await World.create(async () => ({
      ...settings,
      ...(process.env['OPA_BIN'] && { OPA_BIN: process.env['OPA_BIN'] }),
    }))
    try {
      const ground = new UntrustedGround(world, await organisationsOf(world), untrustedExtensions(count, port), trap)
      await eachOf(ground.extensions, 2, async (extension) => {
        await ground.publish(extension)
        progress(`published ${extension.id}: ${extension.probe.name} in ${extension.language}`)
      })
      const made = new Map<Untrusted, Install[]>()
      await eachOf(ground.extensions, 3, async (one) => void made.set(one, await ground.install(one, canaries)))
      ground.installs.push(...ground.extensions.flatMap((one) => made.get(one)!))
      return ground
    } catch (error) {
      trap.close()
      await world.close()
      throw error
    }
  }

  /** Addresses at which something answers that nobody is to reach. */
  get urls(): string[] {
    const { port } = this.trap.address() as AddressInfo
    const hosts = ['localhost', '127.0.0.1', '2130706433', '[::ffff:127.0.0.1]', '0.0.0.0', 'a.localhost']
    return [...hosts.map((host) => `http://${host}:${port}/`), `${this.world.service.url}/metrics`]
  }

  async close(): Promise<void> {
    this.trap.closeAllConnections()
    this.trap.close()
    await this.world.close()
  }

  /** Builds, signs and uploads, and has a reviewer let it through where policy asks for one. */
  private async publish({ number, id, probe, language, manifest }: Untrusted): Promise<void> {
    const capabilities = [...new Set(probe.permissions.map((permission) => permission.split(':')[0]!))]
    const component = await buildComponent({ source: probe.source(language, number), capabilities })
    const files = { 'extension.json': Buffer.from(JSON.stringify(manifest)), 'component.wasm': component }
    const { bytes, digest } = await packBundle(new Map<string, Uint8Array>(Object.entries(files)))
    const key = createPrivateKey(readFileSync(signingKey(this.world)))
    const envelope = JSON.stringify(signStatement({ digest, extension: id, version: '1.0.0' }, key))
    const answer = await demand(this.world, this.world.key('acme_developer'), '/v1/extensions', {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': BUNDLE_MEDIA_TYPE, [ENVELOPE_HEADER]: Buffer.from(envelope).toString('base64') },
    })
    const approval = answer['approval'] as { id: string } | undefined
    if (approval) await this.approve(approval.id)
    const version = `/v1/extensions/${id}/versions/1.0.0`
    await this.world.eventually(
      () => this.world.request('globex_admin', version),
      ({ body }) => body['review_state'] === 'approved',
    )
  }

  private async approve(id: string): Promise<void> {
    const reviewer = this.world.key('reviewer')
    const { subject_digest } = await demand(this.world, reviewer, `/v1/approvals/${id}`)
    const body = { verdict: 'approve', comment: 'untrusted by intent', subject_digest }
    await demand(this.world, reviewer, `/v1/approvals/${id}/votes`, { method: 'POST', body })
  }

  /** At some of the organisations, each with a secret and settings of its own, which are drawn before anything is awaited. */
  private async install(extension: Untrusted, canaries: Canaries): Promise<Install[]> {
    const { permissions } = extension.probe
    const planned = Array.from({ length: SHARED_BY }, (_, nth) => {
      const organisation = this.organisations[(extension.number + nth) % this.organisations.length]!
      return { organisation, kept: keptAt(organisation.id, extension, canaries) }
    })
    const version = await demand(this.world, this.world.key('acme_developer'), `/v1/extensions/${extension.id}`)
    const [{ digest }] = version['versions'] as [{ digest: string }]
    const installs: Install[] = []
    for (const { organisation, kept } of planned) {
      const body = { extension: extension.id, permissions, consent: { digest, permissions }, ...kept }
      const { id } = await demand(this.world, organisation.key, '/v1/installs', { method: 'POST', body })
      installs.push({ id: String(id), extension, organisation })
    }
    return installs
  }
}

const keptAt = (tenant: string, { probe }: Untrusted, canaries: Canaries): object => {
  const { permissions, name, place = name } = probe
  return {
    ...(permissions.includes('secrets:read') && {
      secrets: { token: canaries.plant({ tenant, place: 'secrets', guestOnly: true }) },
    }),
    ...(permissions.includes('config:read') && { config: { motto: canaries.plant({ tenant, place }) } }),
  }
}
