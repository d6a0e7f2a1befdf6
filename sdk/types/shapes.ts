import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import ts from 'typescript'
import { z } from 'zod'
import { Expectation } from '../test-kit/expectation.schema.js'
import { CannedAnswer, Content, LocalCaller, Surroundings } from '../test-kit/surroundings.schema.js'

const IN_OPENAPI = '#/components/schemas/'

/** What zod cannot write in place: JSON, which holds itself. To a type it is anything. */
const ANY_JSON = /\{"\$ref":"[^"]*__shared[^"]*"\}/g

/** Shapes of the test kit by their names in its types, with what is said of each. */
const NAMED: readonly (readonly [string, z.ZodType, string])[] = [
  ['Given', Surroundings, 'All that an extension finds around it in a test; what is left out has its default.'],
  ['Expected', Expectation, 'What a call is expected to come to; only what is said is held against it.'],
  ['Content', Content, 'Bytes: text as it stands, `{json: …}` or `{base64: …}`.'],
  ['CannedAnswer', CannedAnswer, 'What a host on the network answers; no request leaves the machine.'],
  ['LocalCaller', LocalCaller, 'Who calls: a member of the organisation, unless it is said otherwise.'],
]

const schemas = (): object => {
  const registry = z.registry<{ id: string; description: string }>()
  for (const [id, schema, description] of NAMED) registry.add(schema, { id, description })
  const told = z.toJSONSchema(registry, { io: 'input', uri: (id) => IN_OPENAPI + id })
  const { __shared: _, ...named } = told.schemas
  return JSON.parse(JSON.stringify(named).replaceAll(ANY_JSON, '{}')) as object
}

/** Members of `components.schemas` in what openapi-typescript makes. */
const membersOf = (nodes: readonly ts.Node[]): ts.PropertySignature[] => {
  const typesOf = (members: ts.NodeArray<ts.TypeElement>) => members.filter(ts.isPropertySignature)
  const named = (name: string, among: ts.PropertySignature[]) =>
    among.find((member) => ts.isIdentifier(member.name) && member.name.text === name)?.type
  const components = nodes.filter(ts.isInterfaceDeclaration).find(({ name }) => name.text === 'components')!
  return typesOf((named('schemas', typesOf(components.members)) as ts.TypeLiteralNode).members)
}

const declaration = (name: string, type: ts.TypeNode): ts.Statement => {
  const modifiers = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)]
  return ts.isTypeLiteralNode(type)
    ? ts.factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, type.members)
    : ts.factory.createTypeAliasDeclaration(modifiers, name, undefined, type)
}

/** As editors show them: the words without their tag, no kind of an enumeration, and no default that says nothing. */
const plain = (text: string): string =>
  text
    .replaceAll(/components\["schemas"\]\["(\w+)"\]/g, '$1')
    .replaceAll(/^ *\/?\*\*? (@enum \{string\}|@default)( *\*\/)?\n/gm, '')
    .replaceAll(/@default \[\s*\*\s*("\w[^"]*")\s*\*\s*\]/g, '@default [$1]')
    .replaceAll('@description ', '')

/** Declarations of the shapes of the test kit as they are written in tests: name → text. */
export const shapes = async (): Promise<ReadonlyMap<string, string>> => {
  const document = { openapi: '3.1.0', info: { title: '', version: '' }, components: { schemas: schemas() } }
  const members = membersOf(await openapiTS(document as OpenAPI3, { defaultNonNullable: false }))
  return new Map(
    NAMED.map(([name, , words]) => {
      const { type } = members.find((member) => (member.name as ts.Identifier).text === name)!
      return [name, `/** ${words} */\n${plain(astToString(declaration(name, type!)))}`]
    }),
  )
}
