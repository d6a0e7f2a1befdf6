import { stringify } from 'yaml'

/** Characters that a terminal obeys, or that turn the direction of a text: they are shown, never sent. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const visible = (text: string): string =>
  text.replaceAll(UNSEEN, (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A tab as the room it takes: Rego is indented by tabs. */
const TAB = '    '

/** A JSON value as lines that people read: names with their values, lists item by item, texts line by line. */
export const inLines = (value: unknown): string =>
  visible(stringify(value, { lineWidth: 0 }).trimEnd().replaceAll('\t', TAB))

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const facts = (value: object, before: string): string[] =>
  Object.entries(value).flatMap(([name, inner]) => {
    const words = `${before}${name.replaceAll('_', ' ')}`
    if (Array.isArray(inner)) return [`${words} ${inner.map(inOneLine).join(' ') || 'none'}`]
    if (isObject(inner)) return facts(inner, `${words} `)
    return [`${words} ${inOneLine(inner)}`]
  })

/** A JSON value as one line: `size 12, oldest none, nodes a b`. */
export const inOneLine = (value: unknown): string => {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return isObject(value) ? facts(value, '').join(', ') : visible(String(value))
}

/** A share as people read it: `25.00 %`. */
export const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
