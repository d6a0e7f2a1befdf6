import { statfs } from 'node:fs/promises'
import type { HealthIndicator } from '../indicator.js'

const MIB = 1024 * 1024
const SCARCE_BYTES = 1024 * MIB
const FULL_BYTES = 128 * MIB

/** Room for what the service keeps: blobs, the kill journal and, embedded, the database. Bytes that it may still write. */
export const diskIndicator = (dataFolder: string): HealthIndicator => ({
  name: 'disk',
  check: async () => {
    const { bavail, blocks, bsize } = await statfs(dataFolder)
    const free_bytes = bavail * bsize
    const status = free_bytes < FULL_BYTES ? 'down' : free_bytes < SCARCE_BYTES ? 'degraded' : 'up'
    return { status, free_bytes, total_bytes: blocks * bsize }
  },
})
