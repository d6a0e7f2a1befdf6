/** What a connection lets pass beyond the RFC, since its client is known to spell it so. */
export interface Quirks {
  /** `"True"` and `"False"` for booleans. */
  readonly booleansAsStrings: boolean
  /** `manager` as a bare id instead of an object. */
  readonly bareManager: boolean
  /** A path to an entry that is not there, such as `emails[type eq "work"].value`, makes it. */
  readonly createsEntries: boolean
  /** `remove` on `members` with a value removes those named, not everybody. */
  readonly removesByValue: boolean
  /** Beginnings of URNs in `schemas` that say nothing to us and are passed over. */
  readonly foreignSchemas: readonly string[]
}

const STRICT: Quirks = {
  booleansAsStrings: false,
  bareManager: false,
  createsEntries: false,
  removesByValue: true,
  foreignSchemas: [],
}
const ENTRA: Quirks = {
  booleansAsStrings: true,
  bareManager: true,
  createsEntries: true,
  removesByValue: true,
  foreignSchemas: ['http://schemas.microsoft.com/2006/11/resourcemanagement/adscim/'],
}

/** By the profile that a connection is set to. */
export const QUIRKS = {
  generic: { ...STRICT, createsEntries: true },
  okta: { ...STRICT, createsEntries: true },
  entra: ENTRA,
} as const satisfies Record<string, Quirks>
