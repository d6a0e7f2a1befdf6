import { z } from 'zod'

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
/** Milliseconds by which the clocks of provider and service may differ. */
export const SKEW_MS = 60_000
const EMAIL = [
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  ...['mail', 'email', 'emailAddress'],
]
const NAME = [
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.microsoft.com/identity/claims/displayname',
  ...['displayName', 'name', 'cn'],
]

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const Text = z.object({ _: z.string().min(1) })
const Attribute = z.object({
  $: z.object({ Name: z.string() }),
  AttributeValue: z.array(z.looseObject({ _: z.string().optional() })).default([]),
})
const Confirmation = z.object({
  $: z.object({ Method: z.string() }),
  SubjectConfirmationData: z
    .tuple([
      z.object({
        $: z.object({
          Recipient: z.string(),
          InResponseTo: z.string(),
          NotOnOrAfter: Instant,
          NotBefore: z.undefined().optional(),
        }),
      }),
    ])
    .optional(),
})
/** A verified assertion, as the library parses what was signed. */
const Assertion = z.object({
  $: z.object({ ID: z.string().min(1).max(200), Version: z.literal('2.0') }),
  Issuer: z.tuple([Text]),
  Subject: z.tuple([
    z.object({
      NameID: z.tuple([z.object({ _: z.string().min(1).max(255), $: z.object({ Format: z.string() }) })]),
      SubjectConfirmation: z.array(z.unknown()).min(1),
    }),
  ]),
  Conditions: z.tuple([
    z.object({ $: z.object({ NotOnOrAfter: Instant }), AudienceRestriction: z.array(z.unknown()).min(1) }),
  ]),
  AuthnStatement: z.tuple([
    z.object({
      $: z.object({ AuthnInstant: Instant, SessionIndex: z.string().max(255).optional() }),
      AuthnContext: z.tuple([z.object({ AuthnContextClassRef: z.tuple([Text]).optional() })]),
    }),
  ]),
  AttributeStatement: z.array(z.object({ Attribute: z.array(Attribute).default([]) })).default([]),
})

/** What an assertion must agree with. */
export interface ExpectedAssertion {
  readonly issuer: string
  readonly acs: string
  readonly requestId: string
  readonly now: number
}

/** Whom an assertion is of, and how they proved it. */
export interface Asserted {
  readonly id: string
  readonly subject: string
  readonly email: string | null
  readonly name: string | null
  readonly acr: string | null
  readonly sessionIndex: string | null
  readonly authTime: Date
  /** After it the assertion counts no more, by any clock that is tolerated. */
  readonly spentAt: Date
}

/** What a verified assertion says (SAML Profiles 2.0, section 4.1.4); why it does not count otherwise. */
export const asserted = (parsed: unknown, expected: ExpectedAssertion): Asserted | { readonly fault: string } => {
  const read = Assertion.safeParse(parsed)
  if (!read.success) {
    const [issue] = read.error.issues
    return { fault: `The assertion is incomplete: ${issue?.path.join('.')}`.slice(0, 200) }
  }
  const [{ NameID, SubjectConfirmation }] = read.data.Subject
  const [nameId] = NameID
  if (read.data.Issuer[0]._ !== expected.issuer) return { fault: 'The assertion is of another provider' }
  if (nameId.$.Format !== PERSISTENT)
    return { fault: 'The NameID must be persistent: other formats may mean somebody else tomorrow' }
  if (!SubjectConfirmation.some((each) => confirms(each, expected)))
    return { fault: 'The assertion is not for this sign-in: recipient, InResponseTo or time do not fit' }
  const [{ $: authn, AuthnContext }] = read.data.AuthnStatement
  const attributes = read.data.AttributeStatement.flatMap(({ Attribute: each }) => each)
  return {
    ...{ id: read.data.$.ID, subject: nameId._ },
    ...{ email: valueOf(attributes, EMAIL)?.slice(0, 254) ?? null, name: valueOf(attributes, NAME) ?? null },
    acr: AuthnContext[0].AuthnContextClassRef?.[0]._ ?? null,
    sessionIndex: authn.SessionIndex ?? null,
    authTime: new Date(authn.AuthnInstant),
    spentAt: new Date(read.data.Conditions[0].$.NotOnOrAfter + 2 * SKEW_MS),
  }
}

const confirms = (given: unknown, { acs, requestId, now }: ExpectedAssertion): boolean => {
  const read = Confirmation.safeParse(given)
  if (!read.success || read.data.$.Method !== BEARER || !read.data.SubjectConfirmationData) return false
  const { Recipient, InResponseTo, NotOnOrAfter } = read.data.SubjectConfirmationData[0].$
  return Recipient === acs && InResponseTo === requestId && now - SKEW_MS < NotOnOrAfter
}

const valueOf = (attributes: readonly z.infer<typeof Attribute>[], names: readonly string[]): string | undefined =>
  attributes
    .filter(({ $ }) => names.includes($.Name))
    .flatMap(({ AttributeValue }) => AttributeValue.map(({ _ }) => _?.trim()))
    .find((value) => value)
