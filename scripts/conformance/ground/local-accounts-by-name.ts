import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Service } from '../../demo/service.js'
import { newPublicKey, type WalkGround } from './walk-ground.js'

interface Written {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly api: { readonly user: string; readonly password: string }
}

/** For whom passkeys are made there. */
export const NAMED = { origin: 'http://localhost:8443', rpId: 'localhost' } as const

/**
 * Starts a further instance that has a host name, on the same data, while something is done by it, which gets its address: the
 * service itself is known by an address, for which browsers make no passkeys.
 */
export const byName = async <T>({ around, world }: WalkGround, work: (url: string) => Promise<T>): Promise<T> => {
  const { host, port, database, api } = JSON.parse(await readFile(join(world.data, 'postgres.json'), 'utf8')) as Written
  const trust = join(world.folder, 'named-trust.pem')
  await writeFile(trust, newPublicKey())
  const service = await Service.start(world.data, {
    ...world.commonSettings,
    DATABASE_URL: `postgres://${api.user}:${encodeURIComponent(api.password)}@${host}:${port}/${database}`,
    ...{ EXT_GATEWAY_TIMEOUT_MS: '30000', RUNNER_PUBLIC_BASE: 'http://127.0.0.1:1', SIGNING_TRUST_BUNDLE: trust },
    ...{ GATEHOUSE_SERVICE_FILE: 'named.json', GATEHOUSE_PUBLIC_URL: NAMED.origin },
  })
  try {
    around.watch(service.url)
    return await work(service.url)
  } finally {
    await service.stop()
  }
}
