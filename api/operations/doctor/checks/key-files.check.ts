import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../../platform/config/config.js'
import { KeyFiles } from '../../../platform/keys/key-files.js'
import type { Check } from '../check.js'

/** Whether every key is there, sound, and for its owner's eyes alone. */
export const keyFiles: Check<Config> = {
  name: 'keys',
  remedy: 'restore the keys from a backup (gatehouse restore)',
  look: async ({ dataFolder }) => {
    const folder = join(dataFolder, 'keys')
    const there = await stat(folder).catch(() => null)
    if (!there) return { ok: true, detail: `${folder} is not there yet: the first start makes it` }
    const findings = await (await KeyFiles.open(dataFolder)).inspect()
    const faults = findings.flatMap(({ fault }) => (fault === null ? [] : [fault]))
    if (faults.length > 0) return { ok: false, detail: faults.join('; ') }
    return { ok: true, detail: `${findings.length} keys, sound and 0600` }
  },
}
