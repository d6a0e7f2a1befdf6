import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Logger, type FactoryProvider } from '@nestjs/common'
import { loadArtifact } from '#runtime/admission/artifact.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { Slots } from '#runtime/slots/slots.js'
import { monotonicClock } from '../killswitch/clock.js'
import { KillState } from '../killswitch/kill-state.service.js'
import { CONFIG, ConfigInvalid, type Config } from '../platform/config/config.js'
import { TlsFiles, tlsFile, type TlsFault } from '../platform/config/tls-files.js'
import { Isolation } from '../platform/isolation/isolation.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import type { Address } from '../runners/remote/dial.js'
import type { RemoteParts } from '../runners/remote/remote-runner.js'
import { RemoteSlots } from '../runners/remote/remote-slots.js'

const logger = new Logger('runners')
const NEWS = {
  lost: 'a runner is lost',
  found: 'a runner is heard',
  refused: 'a runner refused an order of ours',
} as const

/**
 * The slots of this instance: behind its own wall, where an artifact is verified once more when a slot loads it, or on the
 * runners of RUNNER_BASE_URL, which do the same.
 */
export const slotsProvider: FactoryProvider<Slots> = {
  provide: Slots,
  inject: [CONFIG, Isolation, KeyFiles, KillState],
  useFactory: async (...[config, { wall }, keys, kill]: [Config, Isolation, KeyFiles, KillState]) => {
    // Made whether or not there are runners: a key file that is missing later is one that was lost.
    const [glue, key] = [await keys.signing('glue'), await keys.signing('orders')]
    if (config.RUNNER_BASE_URL.length > 0) {
      const slots = new RemoteSlots(await addressesOf(config), { key, kill, clock: monotonicClock, fileOf, onNews })
      kill.followers = () => slots.acknowledged()
      return slots
    }
    const publicKey = createPublicKey(glue)
    return new SlotPool({
      size: config.GATEHOUSE_SLOTS,
      wall: wall.kind,
      readArtifact: ({ folder, digest }) => loadArtifact(folder, digest, publicKey),
    })
  },
}

type TlsSetting = 'RUNNER_CA' | 'RUNNER_CLIENT_CERT' | 'RUNNER_CLIENT_KEY'

const addressesOf = async (config: Config): Promise<Address[]> => {
  const files = {
    cert: tlsFile(config, 'RUNNER_CLIENT_CERT'),
    key: tlsFile(config, 'RUNNER_CLIENT_KEY'),
    ca: tlsFile(config, 'RUNNER_CA'),
  }
  const onFault = (error: TlsFault) => logger.warn({ error }, 'what was read before stays in use')
  const tls = await TlsFiles.open(files, onFault).catch(({ setting, detail }: TlsFault) => {
    throw new ConfigInvalid([{ setting: setting as TlsSetting, detail }])
  })
  return config.RUNNER_BASE_URL.map((url) => ({ url, token: config.RUNNER_TOKEN!, tls }))
}

const fileOf: RemoteParts['fileOf'] = ({ folder }, file) => readFile(join(folder, file))

const onNews: RemoteParts['onNews'] = (what, url, error) =>
  what === 'found' ? logger.log(`${NEWS.found}: ${url}`) : logger.warn({ url, error }, NEWS[what])
