import { access, constants, stat, statfs } from 'node:fs/promises'
import type { Config } from '../../../platform/config/config.js'
import type { Check } from '../check.js'

/** Others may pass through (the database server's account does), and neither read nor write. */
const READ_OR_WRITE_BY_OTHERS = 0o066
const LEAST_FREE_BYTES = 512 * 1024 * 1024

/** Whether the data folder is ours alone, writable, and has room. */
export const dataFolder: Check<Config> = {
  name: 'data_folder',
  remedy: 'make it a folder that this account owns and may write',
  look: async ({ dataFolder: folder }) => {
    const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (!found) return { ok: true, detail: `${folder} is not there yet: the first start makes it` }
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const mode = found.mode & 0o777
    if ((mode & READ_OR_WRITE_BY_OTHERS) !== 0)
      return { ok: false, detail: `${folder} is open to others (${mode.toString(8)})`, remedy: `chmod go-rw ${folder}` }
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize
    const room = `${Math.round(free / 1_000_000)} MB free`
    if (free < LEAST_FREE_BYTES) return { ok: false, detail: `${folder}: ${room}`, remedy: 'make room on its disk' }
    return { ok: true, detail: `${folder} (${mode.toString(8)}), ${room}` }
  },
}
