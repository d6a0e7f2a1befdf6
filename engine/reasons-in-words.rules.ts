import type { Answer, Reason } from '#contract/decisions/answer.js'
import type { Restriction } from '#contract/decisions/restrictions.js'
import type { ReasonCatalogue } from './reasons.js'

const NO_REMEDY = 'Ask an operator what this rule wants'

const MAX_MESSAGE = 1000

/** A message that names what the rule was about: "… this action needs (scope: policy:activate)". */
const withParams = (message: string, params: Answer['reasons'][number]['params'] = {}): string => {
  const named = Object.entries(params).map(([name, value]) => `${name.replaceAll('_', ' ')}: ${value}`)
  return named.length === 0 ? message : `${message.replace(/\.$/, '')} (${named.join(', ')})`.slice(0, MAX_MESSAGE)
}

/**
 * Reasons in words: message and remedy come from the metadata of the rules in the bundle that answered, those of an
 * organisation's own policy from the restriction itself.
 */
export const reasonsInWords = (
  reasons: Answer['reasons'],
  catalogue: ReasonCatalogue,
  restrictions: readonly Restriction[] = [],
): Reason[] =>
  reasons.map(({ id, params }) => {
    const said = restrictions.find(({ reason }) => reason === id)
    if (said) return { id, message: said.message, remedy: said.remedy }
    const entry = catalogue[id]
    return {
      id,
      message: withParams(entry?.description ?? id, params),
      remedy: entry?.remedy ?? NO_REMEDY,
      ...(params && { params }),
    }
  })

/** Whether a refusal would itself tell a secret, so that the caller is told that nothing is there. */
export const isHidden = (reasons: Answer['reasons'], catalogue: ReasonCatalogue): boolean =>
  reasons.some(({ id }) => catalogue[id]?.hidden === true)
