import { z } from 'zod'
import { Uuid, text } from '../primitives.js'
import { JIT_MODES } from '../vocabulary.js'

/** What the admin gate knows of people and programs that come in; of each action its own part. */
export const signInFacts = {
  sign_in: z
    .strictObject({
      provider_enabled: z.boolean(),
      known: z.boolean().describe('This subject of this issuer signed in before, or was linked'),
      active: z.boolean().describe('The person is not disabled; true where there is none yet'),
      email_verified: z.boolean().describe('The provider says that the address belongs to the subject'),
      domain_verified: z.boolean().describe('The address lies in a domain that the organisation proved to be its own'),
      matches_person: z.boolean().describe('A person of the organisation has this address, and no other account'),
      invited: z
        .boolean()
        .default(false)
        .describe('The address has an open invitation, of somebody who may still give what it gives'),
      owner: z.boolean().default(false).describe('It is an owner of the organisation'),
      jit: z.enum(JIT_MODES).describe('What may happen to somebody who signs in for the first time'),
    })
    .optional()
    .describe('Of session.create: what is known of whoever comes from a provider'),
  local_account: z
    .strictObject({
      allowed: z.boolean().describe('The organisation lets people sign in by passwords and passkeys here'),
      active: z.boolean().describe('The person is not disabled; true where there is none yet'),
      proven: z.boolean().describe('Two factors were given; of account.enrol: a token or password that counts'),
      owner: z.boolean().default(false).describe('It is an owner of the organisation'),
    })
    .optional()
    .describe('Of session.create without a provider, account.*, and invitation.accept with a password'),
  sign_in_setting: z
    .strictObject({ opens_local_accounts: z.boolean() })
    .optional()
    .describe('Of tenant.update: whether it would let people sign in by passwords, and does not'),
  domain: z
    .strictObject({ proven: z.boolean().describe('Its DNS holds the record that was asked for, just now') })
    .optional()
    .describe('Of domain.verify and domain.lapse'),
  invitation: z
    .strictObject({
      open: z.boolean().describe('Nobody took it, it was not taken back and has not expired'),
      inviter_may: z.boolean().describe('Whoever invited is active, and has all that it gives'),
      provider: z.boolean().describe('People of the organisation sign in by a provider'),
    })
    .optional()
    .describe('Of invitation.accept'),
  workload: z
    .strictObject({
      issuer: text(500).describe('Whose signature the token bears'),
      subject: text(1000),
      identity_id: Uuid.nullable().describe('The federated identity of the account that the token fits; null for none'),
      lasts_s: z.int().describe('Seconds for which it was issued, in all'),
      single_use: z.boolean().describe('The federated identity takes each token once'),
      taken_before: z.boolean().describe('It takes each token once, and this one was taken'),
    })
    .optional()
    .describe('Of service_token.exchange: what is known of the token of an outside issuer, whose signature held'),
}
