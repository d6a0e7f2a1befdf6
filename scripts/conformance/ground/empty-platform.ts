import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GatehouseClient } from '#sdk/client/client.js'
import { Service } from '../../demo/service.js'
import { newPublicKey, type WalkGround } from './walk-ground.js'
import { mkdir, writeFile } from 'node:fs/promises'

const NAME = 'walk_empty'

interface Login {
  readonly user: string
  readonly password: string
}

/** Where both logins of the embedded server reach a database of this name. */
const urlsOf = async (data: string): Promise<{ readonly api: string; readonly owner: string }> => {
  const file = JSON.parse(await readFile(join(data, 'postgres.json'), 'utf8')) as Record<'api' | 'owner', Login> & {
    host: string
    port: number
  }
  const url = ({ user, password }: Login): string =>
    `postgres://${user}:${encodeURIComponent(password)}@${file.host}:${file.port}/${NAME}`
  return { api: url(file.api), owner: url(file.owner) }
}

/** Starts a second service as in production, on a database where nobody is, and makes its first owner with the one-time token. */
export const firstOwner = async ({ around, world }: WalkGround): Promise<void> => {
  const data = join(world.folder, NAME)
  await mkdir(data, { recursive: true, mode: 0o700 })
  const trust = join(data, 'trust.pem')
  await writeFile(trust, newPublicKey())
  const owner = await world.postgres('owner')
  await owner.query(`CREATE DATABASE ${NAME}`)
  owner.close()
  const urls = await urlsOf(world.data)
  const service = await Service.start(data, {
    ...{ DATABASE_URL: urls.api, MIGRATION_DATABASE_URL: urls.owner, SIGNING_TRUST_BUNDLE: trust },
    ...{ EXT_GATEWAY_TIMEOUT_MS: '30000', RUNNER_PUBLIC_BASE: 'http://127.0.0.1:1' },
  })
  try {
    around.watch(service.url)
    const token = (await readFile(join(data, 'keys', 'bootstrap.token'), 'utf8')).trim()
    const body = { token, name: 'First', email: 'first@platform.example' }
    await new GatehouseClient({ url: service.url }).get('bootstrap.create', { body })
  } finally {
    await service.stop()
  }
}
