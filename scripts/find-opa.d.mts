/** Version of opa that everything here is built and checked with. */
export const OPA_VERSION: string
/** Absolute path of the pinned opa; see find-opa.mjs. */
export function findOpa(options?: { progress?: (line: string) => void }): Promise<string>
/** Absolute path of the pinned opa where this machine has it already; undefined where it would have to be fetched. */
export function opaAtHand(): Promise<string | undefined>
