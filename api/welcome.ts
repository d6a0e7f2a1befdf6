import { join, relative } from 'node:path'
import type { Config } from './platform/config/config.js'

interface Arrival {
  readonly url: string
  readonly config: Config
  /** Milliseconds from start to ready. */
  readonly tookMs: number
}

const nearby = (path: string): string => {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}

/** What a person reads once the service is ready: where it is and where the admin key lies. */
export const welcome = ({ url, config, tookMs }: Arrival): string => {
  const keys = nearby(join(config.dataFolder, 'keys', 'demo-keys.json'))
  const first =
    config.profile === 'embedded'
      ? [`  Keys         ${keys} (0600; the admin key is "operator")`]
      : ['', 'Make the first owner with: gatehouse bootstrap (the token lies under keys/ in the data folder)']
  return [
    '',
    `Gatehouse is ready after ${(tookMs / 1000).toFixed(1)} s`,
    `  Service      ${url}`,
    `  API          ${url}/docs`,
    ...first,
    '',
  ].join('\n')
}
