import type { PolicyFiles } from '../author/policy-files.js'

/** A copy of a policy with the text of one file replaced; the text must be there. */
export function edited(files: PolicyFiles, file: string, [from, to]: readonly [string, string]): PolicyFiles {
  const text = new TextDecoder().decode(files.get(file))
  if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`)
  return withFile(files, file, text.replace(from, to))
}

/** A copy of a policy with one file added or written anew. */
export const withFile = (files: PolicyFiles, file: string, text: string): PolicyFiles =>
  new Map([...files, [file, new TextEncoder().encode(text)]])

/** A copy of a policy without one file. */
export const withoutFile = (files: PolicyFiles, file: string): PolicyFiles =>
  new Map([...files].filter(([name]) => name !== file))

const CALL = 'governance/call/call.rego'
const CALL_ALLOWED = 'allow contains "call.allowed" if input.action == "extension.invoke"'

/** A copy of the shipped policy in which the call gate allows only under one condition more. */
export const callsOnlyIf = (files: PolicyFiles, condition: string): PolicyFiles =>
  edited(files, CALL, [
    CALL_ALLOWED,
    `allow contains "call.allowed" if {\n\tinput.action == "extension.invoke"\n\t${condition}\n}`,
  ])
