import { problem } from '#contract/problems.js'

/**
 * As whose publication a submission is weighed: the caller's publisher, else the signer's, else that of the extension by
 * that name, so that policy can say what is amiss. Raises `publisher.required` where there is none of these.
 */
export const publisherOf = (candidates: {
  readonly caller: string | null
  readonly signer: string | null
  readonly extension: string | null
}): string => {
  const found = candidates.caller ?? candidates.signer ?? candidates.extension
  if (found === null) throw problem('publisher.required')
  return found
}
