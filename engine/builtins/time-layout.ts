/** The elements of Go's time layouts, by what stands for each in the reference time `Mon Jan 2 15:04:05 MST 2006`. */
export type Element =
  | 'January'
  | 'Jan'
  | 'Monday'
  | 'Mon'
  | 'MST'
  | '01'
  | '02'
  | '03'
  | '04'
  | '05'
  | '06'
  | '002'
  | '15'
  | '1'
  | '2006'
  | '2'
  | '_2'
  | '__2'
  | '3'
  | '4'
  | '5'
  | 'PM'
  | 'pm'
  | `${'-' | 'Z'}${'070000' | '07:00:00' | '0700' | '07:00' | '07'}`

/** A piece of a layout: plain text, an element, or a fraction of a second (`.000` exactly so many digits, `.999` as many as needed). */
export type Chunk =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'element'; readonly element: Element }
  | { readonly kind: 'fraction'; readonly mark: string; readonly digits: number; readonly exact: boolean }

/** Tried in this order at each place, the longer before the shorter; `Jan` and `Mon` not before a lower-case letter. */
const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|3|4|5|PM|pm|[-Z](?:070000|07:00:00|0700|07:00|07)|[.,](?:0+|9+)(?![0-9])/g

/** Names that may be given instead of a layout. */
const NAMED = new Map([
  ['ANSIC', 'Mon Jan _2 15:04:05 2006'],
  ['UnixDate', 'Mon Jan _2 15:04:05 MST 2006'],
  ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006'],
  ['RFC822', '02 Jan 06 15:04 MST'],
  ['RFC822Z', '02 Jan 06 15:04 -0700'],
  ['RFC850', 'Monday, 02-Jan-06 15:04:05 MST'],
  ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 MST'],
  ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['RFC3339', '2006-01-02T15:04:05Z07:00'],
  ['RFC3339Nano', '2006-01-02T15:04:05.999999999Z07:00'],
])

export const RFC3339 = NAMED.get('RFC3339')!
export const RFC3339_NANO = NAMED.get('RFC3339Nano')!

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The pieces of a layout, or of the layout that a name such as `RFC1123` stands for. */
export function chunksOf(given: string): Chunk[] {
  const layout = NAMED.get(given) ?? given
  const chunks: Chunk[] = []
  let end = 0
  for (const match of layout.matchAll(ELEMENT)) {
    if (match.index > end) chunks.push({ kind: 'text', text: layout.slice(end, match.index) })
    chunks.push(chunkOf(match[0]))
    end = match.index + match[0].length
  }
  if (end < layout.length) chunks.push({ kind: 'text', text: layout.slice(end) })
  return chunks
}

function chunkOf(found: string): Chunk {
  if (found[0] !== '.' && found[0] !== ',') return { kind: 'element', element: found as Element }
  return { kind: 'fraction', mark: found[0], digits: found.length - 1, exact: found[1] === '0' }
}

/** The shape of a zone offset element: what it shows besides the hour, and whether `Z` stands for zero. */
export const offsetShape = (element: string) => ({
  zulu: element.startsWith('Z'),
  colon: element.includes(':'),
  minutes: element.length > 3,
  seconds: element.replaceAll(':', '').length === 7,
})

/** Whether the element is one of the zone offsets. */
export const isOffset = (element: string): boolean => /^[-Z]07/.test(element)
