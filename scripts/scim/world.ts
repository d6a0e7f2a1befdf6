import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Service } from '../demo/service.js'
import type { Parties } from './conversation.js'

/** Conversations let go whomever they have just added, which is most of the people there are. The brake has specs of its own. */
const NO_BRAKE = { percent: 100, people: 10_000, window_minutes: 1 }

/** A service of its own with the demo's organisations. */
export class ScimWorld {
  private constructor(
    private readonly service: Service,
    private readonly folder: string,
    private readonly owner: string,
  ) {}

  static async open(): Promise<ScimWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-scim-'))
    const service = await Service.start(join(folder, 'data'), {})
    const keys = JSON.parse(await readFile(join(folder, 'data', 'keys', 'demo-keys.json'), 'utf8')) as {
      acme_owner: string
    }
    return new ScimWorld(service, folder, keys.acme_owner)
  }

  /** A new connection with these quirks, and its token. Its name is its own. */
  async connect(quirks: string, name: string): Promise<Parties> {
    const { id } = await this.made('/v1/scim/connections', { name, quirks, settings: { brake: NO_BRAKE } })
    const { secret } = await this.made(`/v1/scim/connections/${id}/tokens`, { name: 'one' })
    return { url: this.service.url, provider: String(secret), owner: this.owner }
  }

  async close(): Promise<void> {
    await this.service.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  private async made(path: string, body: object): Promise<Record<string, string>> {
    const response = await fetch(this.service.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.owner}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answered = (await response.json()) as Record<string, string>
    if (response.status !== 201) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answered)}`)
    return answered
  }
}
