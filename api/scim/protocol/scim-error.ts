import type { ScimType } from '#contract/vocabulary.js'

/** A refusal in the words of SCIM (RFC 7644, section 3.12). The detail says what is wrong and what would be right. */
export class ScimError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly scimType?: ScimType,
  ) {
    super(detail)
  }

  /** The body of the answer; its status is a string. */
  get body(): Record<string, unknown> {
    return {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(this.status),
      ...(this.scimType && { scimType: this.scimType }),
      detail: this.detail,
    }
  }
}

/** 400 with a type. */
export const refuse = (scimType: ScimType, detail: string): ScimError => new ScimError(400, detail, scimType)
