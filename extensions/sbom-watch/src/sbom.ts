/** What is read of a CycloneDX SBOM (ECMA-424): pure, so that the same code runs in the sandbox and under test. */

/** The components of one project, as an advisory database can be asked about them. */
export interface Sbom {
  readonly project: string
  /** Package URLs without qualifiers and subpaths, each once, in their order. */
  readonly components: readonly string[]
  /** Components that no database can be asked about: they have no package URL with a version, or of a kind that it does not know. */
  readonly unidentified: number
}

/** The body is no SBOM that can be read; the message names the field. */
export class NotAnSbom extends Error {}

/** Kinds of packages that OSS Index has advisories of. */
const KNOWN = new Set('cargo cocoapods composer conan conda cran gem golang maven npm nuget pypi rpm swift'.split(' '))
const MAX_PROJECT = 120
const MAX_PURL = 400
/** Components lie inside components, as deep as somebody likes. */
const MAX_DEPTH = 20

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** `pkg:type/name@version` of a package URL; undefined for what is none, has no version, or is of an unknown kind. */
export const coordinatesOf = (purl: unknown): string | undefined => {
  if (typeof purl !== 'string') return undefined
  const [, coordinates, kind] = /^(pkg:([a-z0-9.+-]+)\/[^?#\s]+@[^?#\s@/]+)(?:[?#]|$)/i.exec(purl) ?? []
  if (!coordinates || !kind || coordinates.length > MAX_PURL) return undefined
  return KNOWN.has(kind.toLowerCase()) ? coordinates : undefined
}

function* componentsIn(list: unknown, pointer: string, depth = 0): Generator<Record<string, unknown>> {
  if (list === undefined) return
  if (!Array.isArray(list)) throw new NotAnSbom(`${pointer} must be a list`)
  if (depth > MAX_DEPTH) throw new NotAnSbom(`${pointer} lies more than ${MAX_DEPTH} levels deep`)
  for (const [index, component] of list.entries()) {
    if (!isRecord(component)) throw new NotAnSbom(`${pointer}/${index} must be an object`)
    yield component
    yield* componentsIn(component['components'], `${pointer}/${index}/components`, depth + 1)
  }
}

const projectOf = (metadata: unknown): string | undefined => {
  const component = isRecord(metadata) ? metadata['component'] : undefined
  const { name, group } = isRecord(component) ? component : {}
  if (typeof name !== 'string' || name === '') return undefined
  return typeof group === 'string' && group !== '' ? `${group}/${name}` : name
}

/** Reads an SBOM in JSON. `project` names it where its metadata does not. Throws `NotAnSbom`. */
export const readSbom = (text: string, project?: string): Sbom => {
  let bom: unknown
  try {
    bom = JSON.parse(text)
  } catch (error) {
    throw new NotAnSbom(`the body is not JSON: ${(error as Error).message}`)
  }
  if (!isRecord(bom) || bom['bomFormat'] !== 'CycloneDX') throw new NotAnSbom('bomFormat must be CycloneDX')
  const name = project ?? projectOf(bom['metadata'])
  if (!name) throw new NotAnSbom('metadata/component/name must name the project; or say ?project=')
  if (name.length > MAX_PROJECT) throw new NotAnSbom(`the project has a name of more than ${MAX_PROJECT} characters`)
  const components = new Set<string>()
  let unidentified = 0
  for (const { purl } of componentsIn(bom['components'], 'components')) {
    const coordinates = coordinatesOf(purl)
    if (coordinates) components.add(coordinates)
    else unidentified++
  }
  return { project: name, components: [...components], unidentified }
}
