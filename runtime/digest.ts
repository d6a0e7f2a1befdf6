import { hash } from 'node:crypto'

/** `sha256:` and the hex digest: by what bytes are named everywhere on the platform. */
export const digestOf = (bytes: Uint8Array): string => `sha256:${hash('sha256', bytes)}`
