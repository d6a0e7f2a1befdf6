import { Uuid } from '#contract/primitives.js'

/** Whether a text can be an id of ours at all. Ids are compared exactly (RFC 7643, section 3.1). */
export const isUuid = (id: string): boolean => Uuid.safeParse(id).success && id === id.toLowerCase()
