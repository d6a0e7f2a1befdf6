import type { Problem, ProblemCode } from '#contract/problems.js'
import { SCIM_TYPE } from '#contract/api/scim-protocol.js'
import { asProblem } from '../../platform/http/problem.filter.js'
import type { ErrorFace } from '../../platform/http/error-face.js'
import { HeldOff } from '../provisioning/held-off.js'
import { ScimError } from '../protocol/scim-error.js'

/** What an error comes to in the words of RFC 7644, section 3.12. */
interface Told {
  readonly status: number
  readonly scimType?: string | undefined
  readonly detail: string
}

/** Problems that RFC 7644, table 9, has a word for. */
const SCIM_TYPES: Partial<Record<ProblemCode, string>> = {
  'request.invalid': 'invalidValue',
  'request.malformed_json': 'invalidSyntax',
  already_exists: 'uniqueness',
}

const sentences = ({ details, message }: Problem): string => {
  const fields = (details.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`)
  const reasons = (details.reasons ?? []).map(({ message: said, remedy }) => [said, remedy].filter(Boolean).join(' '))
  const decision = details.decisionId === undefined ? [] : [`Decision ${details.decisionId}.`]
  const said = [...fields, ...reasons]
  return [...(said.length > 0 ? said : [message]), ...decision].join(' ')
}

const ofProblem = (raised: Problem): Told => ({
  status: raised.status,
  scimType: SCIM_TYPES[raised.code],
  detail: sentences(raised),
})

/** What an error comes to: that of SCIM as it is, any other by its problem. */
export const toldError = (error: unknown): Told => (error instanceof ScimError ? error : ofProblem(asProblem(error)))

/** The body of an error (RFC 7644, section 3.12): the status is a string. */
export const errorBody = ({ status, scimType, detail }: Told) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  ...(scimType !== undefined && { scimType }),
  detail,
})

/** How errors are told below /scim/. */
export const scimFace: ErrorFace = {
  type: SCIM_TYPE,
  own: (error) =>
    error instanceof ScimError
      ? { status: error.status, body: error.body, ...(error instanceof HeldOff && { headers: error.headers }) }
      : undefined,
  bodyOf: (raised) => errorBody(ofProblem(raised)),
}
