import { z } from 'zod'
import { Instant, Slug, Uuid, text } from '../primitives.js'

const Encoded = z
  .string()
  .min(1)
  .max(16_384)
  .regex(/^[A-Za-z0-9_-]+$/, { error: 'must be base64url without padding' })
const extras = {
  clientExtensionResults: z.looseObject({}).default({}),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  type: z.literal('public-key'),
}

/** A new passkey as a browser gives it (WebAuthn Level 3, RegistrationResponseJSON). */
export const RegistrationResponse = z.looseObject({
  id: Encoded,
  rawId: Encoded,
  response: z.looseObject({
    clientDataJSON: Encoded,
    attestationObject: Encoded,
    transports: z.array(text(40)).max(10).optional(),
  }),
  ...extras,
})
/** What a passkey signed, as a browser gives it (WebAuthn Level 3, AuthenticationResponseJSON). */
export const AuthenticationResponse = z.looseObject({
  id: Encoded,
  rawId: Encoded,
  response: z.looseObject({
    clientDataJSON: Encoded,
    authenticatorData: Encoded,
    signature: Encoded,
    userHandle: Encoded.optional(),
  }),
  ...extras,
})

/** A passkey of a person's, without its key. */
export const Passkey = z.strictObject({
  id: Uuid,
  name: text(120),
  backed_up: z.boolean().describe('It is kept in step by its maker, on more than one device'),
  last_used_at: Instant.nullable(),
  created_at: Instant,
})
export type Passkey = z.infer<typeof Passkey>

/** What the caller signs in by here. */
export const OwnCredentials = z.strictObject({
  allowed: z.boolean().describe('The organisation lets people sign in here, beside its identity providers'),
  password: z.boolean(),
  totp: z.boolean().describe('An authenticator app'),
  passkeys: z.array(Passkey),
  recovery_codes_left: z.int().nonnegative(),
})
export type OwnCredentials = z.infer<typeof OwnCredentials>

const NewPassword = text(1024, 1).describe('12 characters or more; none that anybody would try. Spaces and any sign do')
export const PasswordChange = z.strictObject({ password: NewPassword })
export type PasswordChange = z.infer<typeof PasswordChange>
export const TotpOffer = z.strictObject({
  secret: text(64).describe('Base32; it counts once it was confirmed by a code'),
  uri: text(500).describe('What an authenticator app reads'),
})
export type TotpOffer = z.infer<typeof TotpOffer>
export const TotpConfirm = z.strictObject({
  secret: z.string().regex(/^[A-Z2-7]{32}$/, { error: 'must be the secret that POST /v1/account/totp gave' }),
  code: z.string().regex(/^\d{6}$/, { error: 'must be the six digits that the app shows now' }),
})
export type TotpConfirm = z.infer<typeof TotpConfirm>
export const RecoveryCodes = z.strictObject({
  codes: z.array(text(40)).describe('Each counts once; they are not shown again, and those before count no more'),
})
export type RecoveryCodes = z.infer<typeof RecoveryCodes>
export const PasskeyOptions = z.looseObject({}).describe('PublicKeyCredentialCreationOptionsJSON')
export const PasskeyAdd = z.strictObject({ name: text(120, 1), response: RegistrationResponse })
export type PasskeyAdd = z.infer<typeof PasskeyAdd>

/** Lets a person choose a password. */
export const PasswordReset = z.strictObject({
  clear_second_factors: z
    .boolean()
    .default(false)
    .describe('Take their authenticator app, passkeys and recovery codes away too: they lost them'),
})
export type PasswordReset = z.infer<typeof PasswordReset>
export const PasswordResetSent = z.strictObject({
  principal_id: Uuid,
  expires_at: Instant,
  delivery: z.enum(['mailed', 'failed', 'shown']).describe('`shown`: no mail server is set, or they have no address'),
  page: text(300)
    .nullable()
    .describe('Where the password is chosen, with the token, where it was not mailed; counts once'),
})
export type PasswordResetSent = z.infer<typeof PasswordResetSent>

/** The query of the page that asks for a password. */
export const PasswordQuery = z.strictObject({
  tenant: Slug.optional(),
  return_to: text(2000).optional().describe('A path of this service'),
  step_up: z.literal('1').optional().describe('Prove again who you are'),
})
export const ForgotQuery = z.strictObject({ tenant: Slug.optional() })
export const TokenQuery = z.strictObject({ token: text(64, 1).optional() })
export const PasskeyChallenge = z.strictObject({
  return_to: text(2000).optional(),
  step_up: z.literal('1').optional(),
})
export type PasskeyChallenge = z.infer<typeof PasskeyChallenge>
export const PasskeySignIn = z.strictObject({ response: AuthenticationResponse })
export type PasskeySignIn = z.infer<typeof PasskeySignIn>
export const SignedInAt = z.strictObject({ location: text(2000).describe('Where to go now') })
