import type { SuiteCase } from './suite.js'

/** Cases that are not run, and why: those of a topic, with one of these notes, with this query; whichever are given. */
export interface Skip {
  readonly topic?: string
  readonly notes?: readonly string[]
  readonly query?: string
  readonly reason: string
}

const JWT = 'JSON Web Tokens are checked before the gate, where keys are; policy sees what they say as facts'
const X509 = 'X.509 certificates and private keys are checked before the gate; policy sees what they say as facts'
const CLOCK = 'asks the clock, which is nondeterministic: time is a fact of the input'
const BIG_INTEGERS = "OPA's WASM has integers of 64 bits; its own WASM harness leaves this case out too"
const EXPONENTS =
  "OPA's WASM parses JSON without topdown's limit of exponents; its own WASM harness leaves this case out too"
const WHOLE_DATA = 'asks for all of data, which includes the rule that asks; bundles have entrypoints below it'

/** Everything that is not run. An entry that covers no case fails the run. */
export const SKIPS: readonly Skip[] = [
  { topic: 'graphql', reason: 'GraphQL is not offered: no gate is asked about queries of it' },
  { topic: 'providers-aws', reason: 'signs requests to AWS, which needs secrets that decision inputs never hold' },
  ...[
    'jwtbuiltins',
    'jwtdecodeverify',
    'jwtencodesign',
    'jwtencodesignheadererrors',
    'jwtencodesignpayloaderrors',
    'jwtencodesignraw',
    'jwtverifyeddsa',
    'jwtverifyhs256',
    'jwtverifyhs384',
    'jwtverifyhs512',
    'jwtverifyrsa',
  ].map((topic) => ({ topic, reason: JWT })),
  ...[
    'cryptoparsersaprivatekeys',
    'cryptox509parseandverifycertificates',
    'cryptox509parsecertificaterequest',
    'cryptox509parsecertificates',
    'cryptox509parsekeypair',
    'cryptox509parsersaprivatekey',
  ].map((topic) => ({ topic, reason: X509 })),
  { topic: 'jsonschema', reason: 'OPA flags json.match_schema and json.verify_schema as nondeterministic' },
  { topic: 'netlookupipaddr', reason: 'asks DNS, which is nondeterministic and reaches out' },
  { topic: 'rand', reason: 'random numbers are nondeterministic' },
  {
    topic: 'uuid',
    notes: ['uuid.rfc4122/consistent values for same arguments'],
    reason: 'makes random UUIDs, which is nondeterministic',
  },
  { topic: 'invalidkeyerror', reason: 'http.send is nondeterministic and reaches out' },
  { topic: 'time', notes: ['time/diff', 'time.now_ns/consistent value for same evaluation'], reason: CLOCK },
  {
    topic: 'time',
    notes: ['time/time caching'],
    reason: "needs test.sleep, a builtin that OPA's own harness registers to watch the clock",
  },
  {
    topic: 'withkeyword',
    notes: [
      'with: ndb_cache-issue',
      'withkeyword/builtin: indirect call, arity 0, rule queried with and without mock',
      'withkeyword/builtin: indirect call, arity 0, query package',
      'withkeyword/builtin: indirect call through function, rule with and without mock',
      'withkeyword/builtin: indirect call through function, query package',
      'withkeyword/builtin-builtin: arity 0',
    ],
    reason: 'replaces time.now_ns or opa.runtime only in part, and both are nondeterministic',
  },
  {
    topic: 'jsonbuiltins',
    notes: [
      'jsonbuiltins/yaml is_valid',
      'jsonbuiltins/yaml is_valid not string',
      'jsonbuiltins/yaml is_valid unreachable content',
      'jsonbuiltins/yaml round-trip',
      'jsonbuiltins/yaml unmarshal error',
    ],
    reason:
      "yaml.* is not offered: no parser of ours takes exactly what Go's takes, and aliases can grow without bound",
  },
  {
    topic: 'rendertemplate',
    reason: "strings.render_template is not offered: it is Go's template language with its own loops, outside of fuel",
  },
  { topic: 'regoparsemodule', reason: "rego.parse_module is not offered: it is OPA's parser, which only Go has" },
  {
    topic: 'dataderef',
    notes: ['data/toplevel integer', 'data/nested integer'],
    reason:
      "OPA's WASM does not look up data by integers as topdown does; its own WASM harness leaves this case out too",
  },
  {
    topic: 'strings',
    notes: ['strings/format_int: bignum exact (>64-bit integer, all bases + negative)'],
    reason: BIG_INTEGERS,
  },
  {
    topic: 'jsonbuiltins',
    notes: [
      'jsonbuiltins/unmarshal number beyond the supported exponent is undefined',
      'jsonbuiltins/unmarshal number with too big an exponent is undefined',
    ],
    reason: EXPONENTS,
  },
  { query: 'data = x', reason: WHOLE_DATA },
]

/** The entry that covers a case; undefined where it is to be run. */
export const skipOf = (one: SuiteCase): Skip | undefined => SKIPS.find((skip) => covers(skip, one))

const covers = ({ topic, notes, query }: Skip, one: SuiteCase): boolean =>
  (topic ?? one.topic) === one.topic && (notes?.includes(one.note) ?? true) && (query ?? one.query) === one.query
