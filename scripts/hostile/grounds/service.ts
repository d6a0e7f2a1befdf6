import { createPublicKey, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from '#api/platform/embedded/free-port.js'
import { buildSigned } from '../../demo/steps/publish.js'
import { shown } from '../../demo/step.js'
import { World, type Answer, type Person } from '../../demo/world.js'
import type { Observed } from '../case.js'
import { SERVICE_JS } from '../guests.js'
import { Hosts } from './hosts.js'
import { RunnerProcess } from './runner.js'

export const HOSTILE = 'com.acme-labs.hostile'
export const SECRET_OF_ACME = 'acme-keeps-this-secret'
const READY_WITHIN_MS = 60_000
const PATHS = ['/fetch', '/answer', '/echo', '/kv', '/secret']

/** A running service, and one hostile guest that two organisations have installed. */
export class ServiceGround {
  private constructor(
    readonly world: World,
    readonly hosts: Hosts,
    private readonly runner: RunnerProcess | null,
  ) {}

  /** `runners`: its slots are on one, which knows the service by the keys that it has by then. */
  static async lay({ runners = false } = {}): Promise<ServiceGround> {
    const hosts = await Hosts.start()
    const [port, token] = [await freePort(), randomBytes(32).toString('hex')]
    const world = await World.create(async () => ({
      GATEHOUSE_EGRESS_PRIVATE_HOSTS: `localhost:${hosts.open}`,
      ...(runners && { RUNNER_BASE_URL: `http://127.0.0.1:${port}`, RUNNER_TOKEN: token }),
      ...(process.env['OPA_BIN'] && { OPA_BIN: process.env['OPA_BIN'] }),
    }))
    const key = (name: string) => createPublicKey(readFileSync(join(world.data, 'keys', `${name}.pem`)))
    const known = () => ({ orders: key('orders'), glue: key('glue') })
    const ground = new ServiceGround(world, hosts, runners ? await RunnerProcess.start(known(), { port, token }) : null)
    try {
      await ground.install()
      return ground
    } catch (error) {
      await ground.close()
      throw error
    }
  }

  async close(): Promise<void> {
    await this.world.close()
    await this.runner?.close()
    await this.hosts.stop()
  }

  /** One call of the guest. */
  call(person: Person, path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.world.request(person, `/api/ext/${HOSTILE}${path}`, { method: 'POST', body: plain(body), headers })
  }

  /** Has the guest send a request, and sees whether anything came where nothing may. */
  async fetch(request: {
    readonly url: string
    readonly method?: string
    readonly headers?: unknown
  }): Promise<Observed> {
    const before = this.hosts.trespasses
    this.hosts.received = undefined
    const { status, body } = await this.call('acme_member', '/fetch', { method: 'GET', headers: [], ...request })
    const code = String(body['code'] ?? body['status'] ?? status)
    return { code, escaped: this.hosts.trespasses > before || /secret/.test(JSON.stringify(body)), seen: body }
  }

  /** Bytes as they are, on a connection of their own; the status and body of the first answer. */
  async raw(request: string): Promise<{ status: string; body: string }> {
    const { hostname, port } = new URL(this.world.service.url)
    const socket = connect({ host: hostname, port: Number(port), timeout: 5000 })
    socket.on('timeout', () => socket.destroy()).on('error', () => socket.destroy())
    socket.write(request)
    const answer = await text(socket).catch(() => '')
    const [head = '', ...rest] = answer.split('\r\n\r\n')
    return { status: /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 'closed', body: rest.join('\r\n\r\n') }
  }

  async tenantOf(person: Person): Promise<string> {
    const { body } = await this.world.request(person, '/v1/whoami')
    return (body['tenant'] as { id: string }).id
  }

  private async install(): Promise<void> {
    const { bundle } = await buildSigned(this.world, this.folder())
    const published = await this.world.cli('acme_developer', 'ext', 'publish', bundle)
    const { id } = (published.answer['approval'] ?? {}) as { id?: string }
    shown(id !== undefined, 'the guest waits for a reviewer', published)
    const voted = await this.world.cli('reviewer', 'approvals', 'approve', id, '--comment', 'hostile by intent')
    shown(voted.code === 0, 'a reviewer lets it through', voted)
    await this.world.eventually(
      () => this.world.request('globex_admin', `/v1/extensions/${HOSTILE}/versions/1.0.0`),
      ({ status }) => status === 200,
    )
    for (const [person, ...secrets] of [
      ['acme_admin', '--secret', `token=${SECRET_OF_ACME}`],
      ['globex_admin'],
    ] as const) {
      const installed = await this.world.cli(person, 'install', HOSTILE, '--consent', ...secrets)
      shown(installed.code === 0, `${person} installs it`, installed)
    }
    await this.worksOtherwise()
  }

  /**
   * What is not hostile gets through by the same ways, else nothing is proven by what does not: at once, or once the machine is
   * less busy or its runner is heard.
   */
  private async worksOtherwise(): Promise<void> {
    const key = this.world.key('acme_member')
    const good = `GET /v1/whoami HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\nconnection: close\r\n\r\n`
    shown((await this.raw(good)).status === '200', 'a good request is answered', good)
    const fetched = await this.world.eventually(
      () => this.fetch({ url: `http://localhost:${this.hosts.open}/open` }),
      ({ code }) => code === '200',
      READY_WITHIN_MS,
    )
    shown(fetched.code === '200' && !fetched.escaped, 'the guest reaches the host that is open to it', fetched)
    const secret = await this.world.eventually(
      () => this.call('acme_member', '/secret', { name: 'token' }),
      ({ status }) => status === 200,
      READY_WITHIN_MS,
    )
    shown(secret.body['value'] === SECRET_OF_ACME, 'the guest reads the secret of who calls it', secret)
  }

  private folder(): string {
    const folder = join(this.world.folder, 'hostile')
    const rule = { scheme: 'http', host: 'localhost', methods: ['GET', 'POST'] }
    const manifest = {
      ...{ manifest_version: 2, id: HOSTILE, version: '1.0.0', type: 'workflow-step', name: 'hostile' },
      description: 'Tries what it may not.',
      compatibility: { platform: '>=0.1.0' },
      runtime: { kind: 'component', entry: 'component.wasm' },
      billing: { model: 'free' },
      // More than race for one key at a time.
      limits: { concurrency: 32 },
      permissions: ['http:fetch', 'kv:read', 'kv:write', 'secrets:read'],
      secrets: [{ name: 'token', title: 'Token', required: false }],
      api: { endpoints: PATHS.map((path) => ({ id: path.slice(1), title: path.slice(1), method: 'POST', path })) },
      egress: [
        { ...rule, port: this.hosts.open, path_prefix: '/open' },
        // Declared by its publisher, and not among the private hosts that the operator lets through.
        { ...rule, port: this.hosts.closed, path_prefix: '/' },
      ],
    }
    mkdirSync(join(folder, 'src'), { recursive: true })
    writeFileSync(join(folder, 'extension.json'), JSON.stringify(manifest))
    writeFileSync(join(folder, 'src/handler.js'), SERVICE_JS)
    return folder
  }
}

/** JSON in ASCII alone, since the guest reads bytes as characters. */
const plain = (value: unknown): string =>
  JSON.stringify(value).replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
