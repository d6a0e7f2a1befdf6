import { AdmissionError } from '../errors.js'

const RETURN = /\n *return \{ [^{}\n]*\bhandle\b[^{}\n]*\};\n *\}\)\(\);\n/g

/**
 * Adds `gatehouseHandles` to what the generated glue gives back: the tables of resource handles that it keeps outside the
 * guest's memory, so that a slot sees when putting memory back isn't all.
 * Raises `AdmissionError` `admission.glue_unknown` where the glue has another form than the pinned generator gives it.
 */
export function exposeHandles(glue: string): string {
  const [place, ...others] = glue.match(RETURN) ?? []
  if (place === undefined || others.length > 0)
    throw new AdmissionError('admission.glue_unknown', 'the generated glue has an unknown form')
  const tables = glue.includes('const HANDLE_TABLES') ? 'HANDLE_TABLES' : '[]'
  return glue.replace(place, () => place.replace('return { ', `return { gatehouseHandles: () => ${tables}, `))
}
