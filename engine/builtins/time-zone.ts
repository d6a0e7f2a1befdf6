import { LRUCache } from 'lru-cache'
import { beyond, refuse } from './call.js'

/** Zones kept; there are about six hundred. */
const KEPT_ZONES = 64
/** Locales whose English abbreviates zones of their part of the world; elsewhere ICU only knows `GMT+7`. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-CA', 'en-IN', 'en-ZA', 'en-NZ', 'en-IE']

/** A time zone of the IANA database, as the runtime's ICU knows it. */
export class Zone {
  readonly #offset: Intl.DateTimeFormat

  constructor(readonly name: string) {
    this.#offset = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  }

  /** Seconds east of UTC at this second since 1970. */
  offsetAt(second: number): number {
    if (this.name === 'UTC') return 0
    const shown = partOf(this.#offset, second)
    const [, sign, hours, minutes = '0', seconds = '0'] = /^GMT([+-])([0-9]+):?([0-9]+)?:?([0-9]+)?$/.exec(shown) ?? []
    if (sign === undefined) return 0
    const size = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
    return sign === '-' ? -size : size
  }

  /** The zone's abbreviation then, such as CEST; no answer where ICU knows none. */
  abbreviationAt(second: number): string {
    if (this.name === 'UTC') return 'UTC'
    for (const locale of LOCALES) {
      const shown = partOf(new Intl.DateTimeFormat(locale, { timeZone: this.name, timeZoneName: 'short' }), second)
      if (/^[A-Z]{3,5}$/.test(shown)) return shown
    }
    return beyond(`no abbreviation is known for ${this.name}`)
  }

  /** The second since 1970 at which clocks there show these local seconds, resolved as Go does where they skip or repeat. */
  toUtc(local: number): number {
    const guess = this.offsetAt(local)
    if (guess === 0) return local
    return local - this.offsetAt(local - guess)
  }
}

const partOf = (format: Intl.DateTimeFormat, second: number): string =>
  format.formatToParts(second * 1_000).find(({ type }) => type === 'timeZoneName')?.value ?? ''

export const UTC = new Zone('UTC')

const zones = new LRUCache<string, Zone>({ max: KEPT_ZONES })

/** The zone of this name. Offsets are none, as in Go. */
export function zoneOf(name: string): Zone {
  if (name === '' || name === 'UTC') return UTC
  const known = zones.get(name)
  if (known) return known
  if (name === 'Local') return beyond('the local time zone depends on the machine')
  if (name.length > 64 || !name.split('/').every((part) => /^[A-Z]/.test(part)))
    return refuse(`unknown time zone ${name}`)
  try {
    const zone = new Zone(name)
    zones.set(name, zone)
    return zone
  } catch {
    return refuse(`unknown time zone ${name}`)
  }
}
