import type { JsonSchema } from './json-schema.js'
import { operationsOf, type Operation } from './operations.js'
import { pythonClass, pythonName, PythonTypes } from './python-types.js'

const HEAD = `"""Generated from contract/generated/openapi.json by npm run contract:generate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Literal, TypedDict

from ._sending import Group, Send

if TYPE_CHECKING:
    from typing_extensions import NotRequired
`

const groupOf = ({ id }: Operation): string => id.split('.', 1)[0] ?? ''
const methodOf = ({ id }: Operation): string => pythonName(id.split('.').slice(1).join('_'))
const named = (operation: Operation, place: 'path' | 'query') =>
  operation.parameters.filter((each) => each.in === place)

/** Calls of extensions have a method of their own: see `Gatehouse.invoke`. */
const isOfTable = ({ id }: Operation): boolean => !id.startsWith('gateway.call')

const dictOf = (names: readonly string[]): string =>
  `{${names.map((name) => `${JSON.stringify(name)}: ${pythonName(name)}`).join(', ')}}`

function argumentsOf(operation: Operation, types: PythonTypes): string[] {
  const base = pythonClass(operation.id)
  const typed = (name: string, schema: JsonSchema) =>
    `${pythonName(name)}: ${types.of(schema, base + pythonClass(name))}`
  const required = named(operation, 'path').map(({ name, schema }) => typed(name, schema))
  const asked = named(operation, 'query')
  const optional = asked
    .filter((each) => !each.required)
    .map(({ name, schema }) => `${typed(name, schema)} | None = None`)
  required.push(...asked.filter((each) => each.required).map(({ name, schema }) => typed(name, schema)))
  if (operation.body !== null)
    required.push(`body: ${operation.bodySchema ? types.of(operation.bodySchema, `${base}Body`) : 'bytes'}`)
  return [...required, ...optional]
}

function method(operation: Operation, types: PythonTypes): string {
  const answer = operation.answer ? types.of(operation.answer, `${pythonClass(operation.id)}Answer`) : 'str'
  const sent = argumentsOf(operation, types)
  const parts = [
    JSON.stringify(operation.method),
    JSON.stringify(operation.path),
    dictOf(named(operation, 'path').map(({ name }) => name)),
    dictOf(named(operation, 'query').map(({ name }) => name)),
    ...(operation.body === null ? [] : ['body', JSON.stringify(operation.body)]),
  ]
  return [
    `    def ${methodOf(operation)}(self${sent.length > 0 ? `, *, ${sent.join(', ')}` : ''}) -> ${answer}${operation.held ? ' | Held' : ''}:`,
    `        ${JSON.stringify(`${operation.summary}.`)}`,
    `        return self._send(${parts.join(', ')})  # type: ignore[no-any-return]`,
    '',
  ].join('\n')
}

/** Every operation of the document as a typed method of its group, and the shapes that they take and give: a Python module. */
export function pythonClient(document: JsonSchema): string {
  const types = new PythonTypes()
  const { schemas } = document['components'] as { schemas: Record<string, JsonSchema> }
  for (const [name, schema] of Object.entries(schemas)) types.of(schema, name)
  const groups = Map.groupBy(operationsOf(document).filter(isOfTable), groupOf)
  const classes = [...groups].map(
    ([name, operations]) =>
      `class ${pythonClass(name)}Group(Group):\n${operations.map((each) => method(each, types)).join('\n')}`,
  )
  const attributes = [...groups.keys()].map(
    (name) => `        self.${pythonName(name)} = ${pythonClass(name)}Group(send)\n`,
  )
  const root = `class Operations:\n    def __init__(self, send: Send) -> None:\n${attributes.join('')}`
  return [HEAD, types.declarations(), ...classes, root].join('\n\n')
}
