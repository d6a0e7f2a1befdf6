import { createPublicKey } from 'node:crypto'
import type { FactoryProvider } from '@nestjs/common'
import { loadArtifact } from '#runtime/admission/artifact.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { Slots } from '#runtime/slots/slots.js'
import { CONFIG, type Config } from '../platform/config/config.js'
import { Isolation } from '../platform/isolation/isolation.js'
import { KeyFiles } from '../platform/keys/key-files.js'

/** The slots of this instance, behind its wall. An artifact is verified once more when a slot loads it. */
export const slotsProvider: FactoryProvider<Slots> = {
  provide: Slots,
  inject: [CONFIG, Isolation, KeyFiles],
  useFactory: async (config: Config, { wall }: Isolation, keys: KeyFiles) => {
    const publicKey = createPublicKey(await keys.signing('glue'))
    return new SlotPool({
      size: config.GATEHOUSE_SLOTS,
      wall: wall.kind,
      readArtifact: ({ folder, digest }) => loadArtifact(folder, digest, publicKey),
    })
  },
}
