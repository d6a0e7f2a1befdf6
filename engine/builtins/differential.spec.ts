import { beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findOpa } from '../../scripts/find-opa.mjs'
import { openOpa, type Opa } from '../author/opa.js'
import { withToolFolder, writeFiles } from '../author/policy-files.js'
import { EvaluationError } from '../errors.js'
import { NoAnswer } from './call.js'
import { LIBRARY } from './library.js'
import { read, write } from './notation.js'
import { isArray, RegoObject, RegoSet, type Value } from './value.js'

const SECOND = 1_000
const SEED = 20_260_101
const CALLS_EACH = 1_000
/** Stands for calls that the engine ends because it could not answer exactly. */
const BEYOND = Symbol('beyond')
const FREE = { pay: () => undefined }

let tool: Opa
beforeAll(async () => {
  tool = await openOpa(await findOpa())
}, 300 * SECOND)

const from = (alphabet: string, maxLength = 12) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((parts) => parts.join(''))
const words = (...parts: string[]) => fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((all) => all.join(''))
const json = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: true } as never)
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
  fc.constantFrom(0, 1, 0.5, 1e20),
)
const version = fc.oneof(
  words('0', '1', '10', '.', '.', '-', 'rc', '+', 'v', '01', 'a.1'),
  fc
    .tuple(
      fc.constantFrom('1.2.3', '1.2.10', 'v1.2.3', '01.2.3', '0.0.0'),
      fc.constantFrom('', '', '-rc.1', '-rc.10', '-rc', '-1', '-a.b', '-01', '+b', '-rc.1+b', '-'),
    )
    .map((parts) => parts.join('')),
)
const cidr = fc
  .tuple(
    fc.constantFrom(
      '10.0.0.0',
      '10.0.0.128',
      '10.0.1.0',
      '192.168.1.7',
      '2001:db8::',
      '::1',
      '::ffff:10.0.0.1',
      '1.2.3',
      '',
    ),
    fc.constantFrom('/8', '/24', '/25', '/32', '/64', '/128', '/129', '', '/x'),
  )
  .map((parts) => parts.join(''))
const moment = fc.oneof(
  fc.bigInt(-(2n ** 62n), 2n ** 62n).map((nanos) => Number(nanos / 1_000_000_000n) * 1_000_000_000),
  fc.constantFrom(0, 1e18, -1e18),
)
const zone = fc.constantFrom(
  '',
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Nowhere',
  'utc',
)
const layout = words(
  '2006',
  '01',
  '02',
  'Jan',
  'January',
  ' ',
  '-',
  '15',
  '03',
  '04',
  '05',
  '.000',
  '.999',
  'PM',
  'Z07:00',
  '-0700',
  '_2',
  '002',
  'Mon',
  'T',
  ':',
)
const pattern = words('a', 'b', '.', '*', '+', '?', '(', ')', '[ab]', '|', '^', '$', '{1,2}', '\\b', '\\d')
/** Texts near to what these layouts read. */
const stamped = fc
  .tuple(
    fc.constantFrom(
      ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 GMT'],
      ['RFC1123Z', 'Sat, 29 Feb 2020 12:00:00 -0730'],
      ['RFC850', 'Saturday, 29-Feb-20 12:00:00 UTC'],
      ['ANSIC', 'Sat Feb  9 12:00:00 2020'],
      ['RFC3339', '2020-02-29T12:00:00.25+01:00'],
      ['2006-01-02 3:04:05PM', '2020-12-31 12:30:01AM'],
      ['2006 002 15.000', '2020 366 23.123'],
      ['02/1/06 15:4:5.999 Z07', '29/2/20 7:9:5 Z'],
    ),
    fc.nat(30),
    fc.constantFrom('', '', '9', 'x', ' ', 'Z', '.5'),
  )
  .map(([[layoutName, text], at, mark]) => [
    layoutName!,
    mark === '' ? text! : text!.slice(0, at) + mark + text!.slice(at + 1),
  ])
const path = fc.oneof(
  words('/', 'a', 'b', '0', '1', '-', '~1'),
  fc.array(fc.constantFrom('a', 'b', 0, 1), { maxLength: 3 }),
)
const operation = fc.record({
  op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
  path,
  from: path,
  value: fc.constantFrom(1, null, 'x', [1], { a: 1 }),
})
/** Taking the whole document away is left out: topdown itself panics on it. */
const patch = operation.filter(
  ({ op, path: to, from: source }) => !(op === 'remove' && to.length === 0) && !(op === 'move' && source.length === 0),
)
const target = fc.constantFrom({ a: { b: [1, 2] }, b: 1 }, { a: [1, { a: 1 }, []] }, [1, [2], { b: null }], { a: null })

/** Arguments for each builtin, plausible and broken ones. */
const ARGUMENTS: Readonly<Record<string, fc.Arbitrary<unknown[]>>> = {
  'hex.decode': fc.tuple(from('0123abFx')),
  'hex.encode': fc.tuple(from('aé☃ z')),
  indexof_n: fc.tuple(from('ab☃'), from('ab☃', 2)),
  'json.marshal_with_options': fc.tuple(
    json,
    fc.constantFrom({}, { pretty: true }, { indent: '  ' }, { prefix: '>', pretty: false }, { x: 1 }),
  ),
  'json.patch': fc.tuple(target, fc.array(patch, { maxLength: 3 })),
  'net.cidr_contains_matches': fc.tuple(
    fc.oneof(cidr, fc.array(cidr, { maxLength: 3 })),
    fc.array(cidr, { maxLength: 3 }),
  ),
  'net.cidr_is_valid': fc.tuple(cidr),
  'net.cidr_merge': fc.tuple(fc.array(cidr, { maxLength: 6 })),
  'numbers.range_step': fc.tuple(
    fc.integer({ min: -20, max: 20 }),
    fc.integer({ min: -20, max: 20 }),
    fc.integer({ min: -1, max: 5 }),
  ),
  'object.subset': fc.tuple(json, json),
  'regex.find_n': fc.tuple(pattern, from('ab1 '), fc.integer({ min: -1, max: 3 })),
  'regex.globs_match': fc.tuple(words('a', 'b', '.', '*', '+', '[ab]'), words('a', 'b', '.', '*', '+', '[ab]')),
  'regex.replace': fc.tuple(from('ab1 '), pattern, words('$1', '$0', '${1}', '$$', 'x', '$1x', '$')),
  'regex.split': fc.tuple(pattern, from('ab1 ')),
  'regex.template_match': fc.tuple(
    words('a', '{.*}', '{[ab]}', '{', '}', ':'),
    from('ab:'),
    fc.constant('{'),
    fc.constant('}'),
  ),
  'semver.compare': fc.tuple(version, version),
  'semver.is_valid': fc.tuple(version),
  sprintf: fc.tuple(
    words('%d', '%s', '%v', '%5', '.2f', '%', 'x', '%q', '%[1]', '%e', '%g', '%+d', '%08', '%-4'),
    fc.array(fc.oneof(number, from('aé"'), json), { maxLength: 4 }),
  ),
  'strings.any_prefix_match': fc.tuple(
    fc.array(from('ab', 3), { maxLength: 3 }),
    fc.array(from('ab', 2), { maxLength: 3 }),
  ),
  'strings.count': fc.tuple(from('ab☃'), from('ab☃', 2)),
  'strings.split_n': fc.tuple(from('ab,☃'), from(',☃', 1), fc.integer({ min: -4, max: 4 })),
  'time.clock': fc.tuple(fc.tuple(moment, zone)),
  'time.date': fc.tuple(fc.tuple(moment, zone)),
  'time.diff': fc.tuple(fc.tuple(moment, zone), fc.tuple(moment, zone)),
  'time.format': fc.tuple(fc.tuple(moment, zone, layout)),
  'time.parse_duration_ns': fc.tuple(words('1', '2', '.', '5', 'h', 'm', 's', 'ms', 'd', 'w', 'y', '-', 'ns')),
  'time.parse_ns': stamped,
  'time.parse_rfc3339_ns': stamped.map(([, text]) => [
    text!.replace('Sat, 29 Feb 2020 12:00:00 -0730', '2020-02-29T12:00:00-07:30'),
  ]),
  'units.parse': fc.tuple(words('1', '2', '.', '5', 'e', 'k', 'Mi', 'm', 'G', '+', '-', '"', ' ')),
  'units.parse_bytes': fc.tuple(words('1', '2', '.', '5', 'e', 'k', 'MiB', 'mb', 'G', '+', '-', '"', ' ')),
  'uri.is_valid': fc.tuple(
    words('http', ':', '/', '//', 'a', '@', '[', ']', '::1', '%41', '%', '?', '#', ' ', '80', 'é'),
  ),
  'uri.parse': fc.tuple(words('http', ':', '/', '//', 'a', '@', '[::1]', '%41', '%2F', '?', '#', '!', '80', 'é')),
  'urlquery.decode': fc.tuple(words('a', '+', '%41', '%', '%C3%A9', '&')),
  'urlquery.decode_object': fc.tuple(words('a', '=', '&', '+', '%41', ';', 'b')),
  'urlquery.encode': fc.tuple(from("aé /~-_.!*'()")),
  'urlquery.encode_object': fc.tuple(
    fc.dictionary(from('ab ', 3), fc.oneof(from('a é'), fc.array(from('xy'), { maxLength: 2 })), { maxKeys: 3 }),
  ),
  'uuid.parse': fc.tuple(
    fc.oneof(
      fc.uuid(),
      from('0123-'),
      fc.uuid().map((id) => `urn:uuid:${id}`),
    ),
  ),
}

/** The same calls by topdown: the answer of each by its index, nothing where it is undefined. */
const topdown = (name: string, calls: readonly unknown[][]): Promise<Record<string, unknown>> =>
  withToolFolder(async (folder) => {
    const args = calls[0]!.map((_, index) => `call[${index}]`).join(', ')
    const rule = `answers[format_int(index, 10)] := answer if {\n\tsome index, call in input.calls\n\tanswer := ${name}(${args})\n}\n`
    const input = JSON.stringify({ calls })
    await writeFiles(
      folder,
      new Map([
        ['calls.rego', `package calls\n\n${rule}`],
        ['input.json', input],
      ]),
    )
    const asked = ['eval', '-f', 'raw', '-d', 'calls.rego', '-i', 'input.json', 'json.marshal(data.calls.answers)']
    return JSON.parse(await tool.output(asked, folder)) as Record<string, unknown>
  })

function ours(name: string, call: readonly unknown[]): unknown {
  try {
    return toJson(
      LIBRARY[name]!(
        call.map((argument) => read(JSON.stringify(argument))),
        FREE,
      ),
    )
  } catch (error) {
    if (error instanceof NoAnswer) return undefined
    if (error instanceof EvaluationError) return BEYOND
    throw error
  }
}

function toJson(value: Value): unknown {
  if (value instanceof RegoSet) return value.sorted().map(toJson)
  if (isArray(value)) return value.map(toJson)
  if (value instanceof RegoObject)
    return Object.fromEntries([...value].map(([key, held]) => [key as string, toJson(held)]))
  return JSON.parse(write(value)) as unknown
}

describe('answers as topdown does', () => {
  it.each(Object.keys(ARGUMENTS))('%s', async (name) => {
    const calls = fc.sample(ARGUMENTS[name]!, { seed: SEED, numRuns: CALLS_EACH })
    const expected = await topdown(name, calls)
    const compared = calls
      .map((call, index) => ({ call: JSON.stringify(call), opa: expected[index], ours: ours(name, call) }))
      .filter(({ ours: found }) => found !== BEYOND)
    const differences = compared.filter(
      ({ opa, ours: found }) => JSON.stringify(sorted(opa)) !== JSON.stringify(sorted(found)),
    )
    expect(compared.length).toBeGreaterThan(CALLS_EACH / 2)
    expect(Object.keys(expected).length).toBeGreaterThan(5)
    expect(differences.slice(0, 5)).toEqual([])
  })
})

/** With keys in order, so that equal values have equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, sorted(held)]),
  )
}
