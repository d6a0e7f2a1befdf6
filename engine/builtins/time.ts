import { beyond, bigInt, int, number, text, type Call, type Family } from './call.js'
import { parseDuration } from './time-duration.js'
import { formatTime } from './time-format.js'
import { addDate, difference, fieldsOf, inRange, type Instant } from './time-instant.js'
import { RFC3339, RFC3339_NANO, WEEKDAYS } from './time-layout.js'
import { parseTime } from './time-parse.js'
import { UTC, zoneOf } from './time-zone.js'
import { isArray, whole, type Value } from './value.js'

/** Steps for looking a zone up: Intl takes some microseconds for each. */
const ZONE_COST = 2_000
/** Steps for one character of a layout or a text that is read by one. */
const LAYOUT_COST = 20
/** Steps for setting up the formatters that know a zone's abbreviation. */
const ABBREVIATION_COST = 40_000

/** A moment: nanoseconds, or an array of them with a zone and a layout. */
function momentOf(given: Value | undefined, call: Call): Instant & { readonly layout: string } {
  const [nanos, zone, layout] = given !== undefined && isArray(given) ? given : [given]
  const name = zone === undefined ? '' : text(zone)
  if (name !== '' && name !== 'UTC') call.pay(ZONE_COST)
  return {
    nanos: inRange(bigInt(number(nanos))),
    zone: name === '' ? UTC : zoneOf(name),
    layout: layout === undefined ? '' : text(layout),
  }
}

function format(given: Value | undefined, call: Call): string {
  const { layout, ...instant } = momentOf(given, call)
  call.pay(LAYOUT_COST * layout.length)
  if (instant.zone !== UTC && /MST|RFC822$|RFC850|RFC1123$|UnixDate/.test(layout))
    call.pay(ABBREVIATION_COST * (layout.split('MST').length || 1))
  return formatTime(instant, layout || RFC3339_NANO)
}

const MAX_LAYOUT = 4_096

function parse(layout: string, given: string, call: Call): Value {
  if (layout.length > MAX_LAYOUT) beyond('the layout is too long')
  call.pay(LAYOUT_COST * (layout.length + given.length))
  return whole(inRange(parseTime(layout, given)))
}

/** `time.*` without the clock: what is asked of a time that the input gives. */
export const TIME: Family = {
  'time.add_date': ([moment, years, months, days], call) =>
    whole(inRange(addDate(momentOf(moment, call), { years: int(years), months: int(months), days: int(days) }))),
  'time.clock': ([moment], call) => {
    const { hour, minute, second } = fieldsOf(momentOf(moment, call))
    return [hour, minute, second]
  },
  'time.date': ([moment], call) => {
    const { year, month, day } = fieldsOf(momentOf(moment, call))
    return [year, month, day]
  },
  'time.diff': ([a, b], call) => difference(momentOf(a, call), momentOf(b, call)),
  'time.format': ([moment], call) => format(moment, call),
  'time.parse_duration_ns': ([given], call) => {
    call.pay(LAYOUT_COST * text(given).length)
    return whole(parseDuration(text(given)))
  },
  'time.parse_ns': ([layout, given], call) => parse(text(layout), text(given), call),
  'time.parse_rfc3339_ns': ([given], call) => parse(RFC3339, text(given), call),
  'time.weekday': ([moment], call) => WEEKDAYS[fieldsOf(momentOf(moment, call)).weekday]!,
}
