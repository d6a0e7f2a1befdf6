import { randomUUID } from 'node:crypto'
import { SCIM_PREVIEW_HEADER, SCIM_TYPE } from '#contract/api/scim-protocol.js'
import { amiss, ok, type ScimFinding } from './finding.js'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PROVIDER = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'
const TIMEOUT_MS = 15_000

/** Where to walk, and with what. */
export interface Way {
  /** Up to and with /scim/v2. */
  readonly base: string
  readonly token: string
}

interface Heard {
  readonly status: number
  readonly headers: Headers
  readonly type: string
  /** Null where it is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | null
}

const jsonOf = (text: string): Heard['body'] => {
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? { ...said } : null
  } catch {
    return null
  }
}

/** Asks as an identity provider would: it follows nothing and repeats nothing. Rejects where nobody answers. */
const asking =
  ({ base, token }: Way) =>
  async (method: string, path: string, body?: object): Promise<Heard> => {
    const response = await fetch(`${base}${path}`, {
      ...{ method, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) },
      headers: {
        ...{ authorization: `Bearer ${token}`, accept: SCIM_TYPE },
        ...(body !== undefined && { 'content-type': SCIM_TYPE }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const [type, text] = [response.headers.get('content-type') ?? '', await response.text()]
    return { status: response.status, headers: response.headers, type, body: jsonOf(text) }
  }
type Ask = ReturnType<typeof asking>

const detailOf = ({ status, body }: Heard): string =>
  `${status}${typeof body?.['detail'] === 'string' ? `: ${body['detail']}` : ''}`

const REMEDY: Readonly<Record<number, string>> = {
  401: 'The token is wrong, expired or revoked, or its connection is off: gatehouse scim tokens list CONNECTION',
  403: 'The token may not: gatehouse scim doctor CONNECTION, by somebody who administers the organisation',
  404: 'There is no SCIM at this address: it ends with /scim/v2',
  429: 'The organisation holds this provider off for now; wait as long as retry-after says',
}

/** What is wrong with an answer that is not what was asked for. */
const wrong = (name: string, heard: Heard): ScimFinding => {
  const isScim = heard.type.startsWith(SCIM_TYPE)
  if (!isScim && heard.status !== 404)
    return amiss(name, 'fail', [
      `${heard.status} as ${heard.type === '' ? 'nothing' : heard.type}, not as ${SCIM_TYPE}`,
      'Something else answers at this address, such as a proxy or a page to sign in at: ask at the address of the service itself',
    ])
  return amiss(name, 'fail', [
    detailOf(heard),
    REMEDY[heard.status] ?? 'gatehouse scim log, by an administrator, has the request',
  ])
}

interface Step {
  readonly name: string
  look(ask: Ask, met: { preview: boolean }): Promise<ScimFinding>
}

const listed = ({ body }: Heard): string[] =>
  Array.isArray(body?.['Resources'])
    ? (body['Resources'] as unknown[]).flatMap((each) => {
        const id = (each as { id?: unknown } | null)?.id
        return typeof id === 'string' ? [id] : []
      })
    : []

const provider: Step = {
  name: 'provider_config',
  look: async (ask, met) => {
    const heard = await ask('GET', '/ServiceProviderConfig')
    const schemas = heard.body?.['schemas']
    if (heard.status !== 200 || !Array.isArray(schemas) || !schemas.includes(PROVIDER))
      return wrong('provider_config', heard)
    met.preview = heard.headers.get(SCIM_PREVIEW_HEADER) === 'true'
    return ok('provider_config', met.preview ? 'the token is taken; it is one for previews' : 'the token is taken')
  },
}

const schemas: Step = {
  name: 'schemas',
  look: async (ask) => {
    const heard = await ask('GET', '/Schemas')
    const ids = listed(heard)
    return heard.status === 200 && ids.includes(USER) && ids.includes(GROUP)
      ? ok('schemas', `${ids.length} schemas, with those of people and groups`)
      : wrong('schemas', heard)
  },
}

const lookUp: Step = {
  name: 'look_up',
  look: async (ask) => {
    const filter = encodeURIComponent(`userName eq "doctor-${randomUUID()}@gatehouse.invalid"`)
    const heard = await ask('GET', `/Users?filter=${filter}&count=1`)
    return heard.status === 200 && heard.body?.['totalResults'] === 0
      ? ok('look_up', 'people are found by userName')
      : wrong('look_up', heard)
  },
}

const create: Step = {
  name: 'create',
  look: async (ask, { preview }) => {
    if (!preview)
      return {
        ...{ name: 'create', state: 'skipped', remedy: null },
        detail:
          'nobody is added by a token that counts; a token for previews tries it (gatehouse scim tokens create --preview)',
      }
    const userName = `doctor-${randomUUID()}@gatehouse.invalid`
    const made = await ask('POST', '/Users', { schemas: [USER], userName, active: true })
    if (made.status !== 201) return wrong('create', made)
    const after = await ask('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`)
    return after.body?.['totalResults'] === 0
      ? ok('create', 'somebody would be added; nobody was')
      : amiss('create', 'fail', [
          'somebody was added by a token for previews',
          `Delete ${userName}, and tell who runs the service`,
        ])
  },
}

const WALK: readonly Step[] = [provider, schemas, lookUp, create]

/** Walks as an identity provider begins, and stops at what has no sense without the step before. Changes nothing. */
export const walk = async (way: Way): Promise<ScimFinding[]> => {
  const [ask, met] = [asking(way), { preview: false }]
  const findings: ScimFinding[] = []
  for (const step of WALK) {
    const found = await step
      .look(ask, met)
      .catch((error: unknown) =>
        amiss(step.name, 'fail', [
          `${way.base} does not answer: ${reasonOf(error)}`,
          'Look whether the service runs, the name leads there, and its certificate is one that clients trust',
        ]),
      )
    findings.push(found)
    if (step === provider && found.state === 'fail') break
  }
  return findings
}

/** What `fetch` rejects with says little; its cause does. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}
