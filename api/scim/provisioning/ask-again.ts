import type { ScimOperation } from '#contract/vocabulary.js'
import { ScimError } from '../protocol/scim-error.js'

/** Raised where what turned out to be asked for is another thing, which policy has to decide anew; refused, it stays this error. */
export class AskAgain extends ScimError {
  constructor(
    readonly operation: ScimOperation,
    detail: string,
  ) {
    super(409, detail, 'uniqueness')
  }
}
