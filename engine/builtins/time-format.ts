import { chunksOf, isOffset, MONTHS, offsetShape, WEEKDAYS, type Chunk, type Element } from './time-layout.js'
import { fieldsOf, secondOf, type Fields, type Instant } from './time-instant.js'

/** Shows a moment in one of Go's layouts, or in one that a name such as `RFC1123` stands for. */
export function formatTime(instant: Instant, layout: string): string {
  const fields = fieldsOf(instant)
  return chunksOf(layout)
    .map((chunk) => shown(chunk, fields, instant))
    .join('')
}

function shown(chunk: Chunk, fields: Fields, instant: Instant): string {
  if (chunk.kind === 'text') return chunk.text
  if (chunk.kind === 'fraction') return fractionOf(chunk, fields.nanosecond)
  if (isOffset(chunk.element)) return offsetText(chunk.element, instant)
  if (chunk.element === 'MST') return instant.zone.abbreviationAt(secondOf(instant.nanos))
  return WRITERS[chunk.element as Written](fields)
}

type Fraction = Extract<Chunk, { kind: 'fraction' }>

const pad = (value: number, width: number, fill = '0'): string => String(value).padStart(width, fill)
const twelve = (hour: number): number => hour % 12 || 12

type Written = Exclude<Element, 'MST' | `${'-' | 'Z'}07${string}`>

const WRITERS: Readonly<Record<Written, (at: Fields) => string>> = {
  January: ({ month }) => MONTHS[month - 1]!,
  Jan: ({ month }) => MONTHS[month - 1]!.slice(0, 3),
  Monday: ({ weekday }) => WEEKDAYS[weekday]!,
  Mon: ({ weekday }) => WEEKDAYS[weekday]!.slice(0, 3),
  '01': ({ month }) => pad(month, 2),
  '02': ({ day }) => pad(day, 2),
  '03': ({ hour }) => pad(twelve(hour), 2),
  '04': ({ minute }) => pad(minute, 2),
  '05': ({ second }) => pad(second, 2),
  '06': ({ year }) => pad(year % 100, 2),
  '002': ({ yearDay }) => pad(yearDay, 3),
  '15': ({ hour }) => pad(hour, 2),
  '1': ({ month }) => String(month),
  '2006': ({ year }) => pad(year, 4),
  '2': ({ day }) => String(day),
  _2: ({ day }) => pad(day, 2, ' '),
  __2: ({ yearDay }) => pad(yearDay, 3, ' '),
  '3': ({ hour }) => String(twelve(hour)),
  '4': ({ minute }) => String(minute),
  '5': ({ second }) => String(second),
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
}

function fractionOf({ mark, digits, exact }: Fraction, nanosecond: number): string {
  const all = mark + pad(nanosecond, 9)
  const cut = all.slice(0, Math.min(digits, 9) + 1)
  return exact ? cut : cut.replace(/[.,]?0*$/, '')
}

function offsetText(element: string, { nanos, zone }: Instant): string {
  const offset = zone.offsetAt(secondOf(nanos))
  const { zulu, colon, minutes, seconds } = offsetShape(element)
  if (zulu && offset === 0) return 'Z'
  // Go divides first, so an offset of less than a minute has no minus.
  const [sign, size] = [Math.trunc(offset / 60) < 0 ? '-' : '+', Math.abs(offset)]
  const parts = [
    Math.floor(size / 3_600),
    ...(minutes ? [Math.floor(size / 60) % 60] : []),
    ...(seconds ? [size % 60] : []),
  ]
  return sign + parts.map((part) => pad(part, 2)).join(colon ? ':' : '')
}
