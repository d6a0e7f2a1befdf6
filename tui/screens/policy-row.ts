import type { AnswerOf } from '#sdk/client/client.js'

export type Instance = AnswerOf<'policy.status'>['instances'][number]
export type Canary = NonNullable<AnswerOf<'policy.status'>['canary']>
type Revision = AnswerOf<'policy.revisions'>['revisions'][number]
export type Draft = AnswerOf<'drafts.show'>

/** A row of the screen: an instance and what it decides by, a policy that decides or could, or one in the making. */
export type PolicyRow =
  | { readonly kind: 'instance'; readonly instance: Instance }
  | {
      readonly kind: 'revision'
      readonly revision: string
      /** It decides now. */
      readonly inForce: boolean
      /** It has decided before: one person takes it back in force. */
      readonly wasActive: boolean
      /** It has decided, but by break-glass alone: that does not count as having decided before. */
      readonly byGlassOnly: boolean
      /** It decides by break-glass, until then; null where it does not. */
      readonly breakGlass: AnswerOf<'policy.status'>['break_glass']
      /** It takes over by degrees; null where it does not. */
      readonly canary: Canary | null
      /** Null for what was never sealed here, such as the policy that ships. */
      readonly sealed: Revision | null
    }
  | { readonly kind: 'draft'; readonly draft: Draft }
