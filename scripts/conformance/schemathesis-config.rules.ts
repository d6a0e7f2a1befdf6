import type { Aim } from './aim.js'

/** Checks that are left out, each for a reason that holds for the whole API. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  positive_data_acceptance:
    'what fits a schema may still be refused: a state, a name that is taken or a rule across fields is no part of JSON Schema',
}

/** How many of all requests try what was there before. */
const PROBABILITY = 0.5

const leftOut = Object.entries(LEFT_OUT).flatMap(([check, why]) => [
  `# ${why}`,
  `[checks.${check}]`,
  'enabled = false',
  '',
])

/** A TOML string. JSON's escapes are among TOML's. */
const quoted = (text: string): string => JSON.stringify(text)
const nameOf = (operation: string, parameter: string): string => quoted(`${operation} ${parameter}`)

const dictionaries = (values: Aim['values']): string[] =>
  Object.entries(values).flatMap(([id, byName]) =>
    Object.entries(byName).map(([name, all]) => `${nameOf(id, name)} = { values = [${all.map(quoted).join(', ')}] }`),
  )

const bindings = (values: Aim['values']): string[] =>
  Object.entries(values).flatMap(([id, byName]) => [
    ...['[[operations]]', `include-operation-id = ${quoted(id)}`, '[operations.parameters]'],
    ...Object.keys(byName).map(
      (name) => `${quoted(`path.${name}`)} = { dictionary = ${nameOf(id, name)}, probability = ${PROBABILITY} }`,
    ),
    '',
  ])

/** The configuration of a run, as TOML. */
export const configuration = ({ values }: Pick<Aim, 'values'>): string =>
  [
    'hooks = "hooks"',
    '# What is answered by a redirect is looked at as such.',
    'max-redirects = 0',
    'request-timeout = 60.0',
    'continue-on-failure = true',
    '',
    ...['[cache]', 'enabled = false', '', '[generation]', 'database = "none"'],
    '# Headers that nobody describes are no fault of a request; of queries, schemas say so themselves.',
    ...['allow-extra-parameters = false', ''],
    '# What is too large is refused before anybody looks whether it fits: 413, 431.',
    '[checks.negative_data_rejection]',
    'expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429, 431, "5XX"]',
    '',
    ...leftOut,
    '[dictionaries]',
    ...dictionaries(values),
    '',
    ...bindings(values),
  ].join('\n')
