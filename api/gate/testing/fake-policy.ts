import canonicalize from 'canonicalize'
import type { Answer } from '#contract/decisions/answer.js'
import type { Gate } from '#contract/vocabulary.js'
import { EvaluationError } from '#engine/errors.js'
import type { Policy, PolicySource } from '../policy-set.service.js'

/** The input as a fake policy reads it. */
export interface ReadInput {
  readonly action: string
  readonly resource: { readonly id: string }
}

const ALLOW: Answer = { outcome: 'allow', rules: ['test.allowed'], reasons: [], obligations: [], approval: null }

/** A policy that answers by a function of the input's bytes, as a real one does. */
export class FakePolicy implements Policy, PolicySource {
  readonly revision = `sha256:${'0'.repeat(64)}`
  readonly sealedAs = this.revision
  readonly reasons: Policy['reasons'] = {
    'test.refused': { title: 'Refused', description: 'It is refused', remedy: 'Ask', file: 'test.rego', line: 1 },
    'test.secret': { title: 'Hidden', description: 'It is hidden', hidden: true, file: 'test.rego', line: 9 },
  }
  /** What to answer; anything that is no answer counts as a broken policy. */
  answer: (input: ReadInput) => unknown = () => ALLOW
  isMissing = false

  async active(): Promise<Policy> {
    if (this.isMissing) throw new Error('the bundle cannot be read')
    return this
  }

  async past(): Promise<Policy | null> {
    return null
  }

  evaluate(_gate: Gate, input: Uint8Array): { answer: Uint8Array; fuel: number } {
    const answer = this.answer(JSON.parse(Buffer.from(input).toString()) as ReadInput)
    if (answer instanceof EvaluationError) throw answer
    return { answer: Buffer.from(canonicalize(answer) ?? ''), fuel: 100 }
  }
}

/** Answers of policy, as a fake gives them. */
export const allow = ALLOW
/** Denies with one reason. */
export const deny = (id = 'test.refused'): Answer => ({ ...ALLOW, outcome: 'deny', rules: [id], reasons: [{ id }] })
/** Asks for one approval. */
export const hold: Answer = {
  ...deny(),
  outcome: 'hold',
  approval: { kind: 'review', scope: 'extensions:review', quorum: 1, expires_in_s: 3600 },
}
