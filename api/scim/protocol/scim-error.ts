import type { ScimType } from '#contract/vocabulary.js'

const MAX_DETAIL = 1_000

// oxlint-disable-next-line no-control-regex -- These are what is taken out.
const CONTROL = /[\u0000-\u001f\u007f]/g

const printable = (detail: string): string => detail.replaceAll(CONTROL, '\ufffd').slice(0, MAX_DETAIL).toWellFormed()

/** A refusal in the words of SCIM (RFC 7644, section 3.12). The detail says what is wrong and what would be right. */
export class ScimError extends Error {
  /** Quotes what was sent, so it is cleared of what no database and no log keeps. */
  readonly detail: string

  constructor(
    readonly status: number,
    detail: string,
    readonly scimType?: ScimType,
  ) {
    super(printable(detail))
    this.detail = this.message
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
