import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { loadConfig } from '../platform/config/config.js'
import { EmbeddedPostgres } from '../platform/embedded/embedded-postgres.js'
import { connected } from './connected.js'
import { OperationRefused } from './operation-refused.js'
import { requireOwner, withLogins, type Logins } from './owner-login.js'

const EXTERNAL = {
  DATABASE_URL: 'postgres://gatehouse_api:x@db.example/gatehouse',
  RUNNER_PUBLIC_BASE: 'https://ext.example',
  EXT_GATEWAY_TIMEOUT_MS: '30000',
  SIGNING_TRUST_BUNDLE: '/etc/gatehouse/trust.pem',
}
const OWNER = 'postgres://owner:x@db.example/gatehouse'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'gatehouse-logins-')))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const startedAt = (url: string | null) =>
  connected(url!, 'spec', async (client) => {
    const { rows } = await client.query<{ user: string; at: string }>(
      'SELECT current_user AS user, pg_postmaster_start_time()::text AS at',
    )
    return rows[0]!
  })

describe('logins', () => {
  it("are those of the settings where the server is somebody else's", async () => {
    const config = loadConfig({ ...EXTERNAL, GATEHOUSE_DATA: folder, MIGRATION_DATABASE_URL: OWNER })
    const found = { url: EXTERNAL.DATABASE_URL, ownerUrl: OWNER }
    expect(await withLogins(config, async (logins) => logins)).toEqual(found)
    const without = loadConfig({ ...EXTERNAL, GATEHOUSE_DATA: folder })
    const owner = withLogins(without, async (logins) => requireOwner(logins))
    await expect(owner).rejects.toThrow('MIGRATION_DATABASE_URL')
  })

  it('are refused where the data folder has no database, and none is made', async () => {
    const config = loadConfig({ GATEHOUSE_DATA: folder })
    await expect(withLogins(config, async () => 'never')).rejects.toThrow(OperationRefused)
  })

  it("use a running service's server as it runs, and bring a resting one up for the while", async () => {
    const config = loadConfig({ GATEHOUSE_DATA: folder })
    const service = await EmbeddedPostgres.start({ dataFolder: folder, settings: { fsync: 'off' } })
    const asOwner = ({ ownerUrl }: Logins) => startedAt(ownerUrl)
    const running = await startedAt(service.ownerUrl)
    expect(await withLogins(config, asOwner)).toEqual(running)
    expect(await startedAt(service.ownerUrl)).toEqual(running)
    await service.stop()
    const { user, at } = await withLogins(config, asOwner)
    expect(user).toBe('gatehouse_owner')
    expect(at).not.toBe(running.at)
    await expect(startedAt(service.ownerUrl)).rejects.toMatchObject({ code: 'ENOENT' })
  }, 60_000)
})
