import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'

/** Names this run of the service: host, process, and a random part, because process ids return. */
export const NODE_ID = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`
