import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { format, type FormatConfig } from 'oxfmt'
import ts from 'typescript'
import { PLATFORM_VERSION } from '#contract/manifest/index.js'
import { packageRoot } from '#runtime/package-root.js'
import { shapes } from './shapes.js'

/** Modules of the SDK, and their sources. */
const ENTRIES: Readonly<Record<string, string>> = {
  '@gatehouse/sdk': 'sdk/guest/index.ts',
  '@gatehouse/sdk/streams': 'sdk/guest/streams.ts',
  '@gatehouse/sdk/testing': 'sdk/test-kit/index.ts',
}
const HOST = 'sdk/guest/host.d.ts'

/** Sources whose types come from zod: which shapes each declares. */
const SHAPED: Readonly<Record<string, readonly string[]>> = {
  'sdk/test-kit/surroundings.schema.ts': ['Given', 'LocalCaller', 'CannedAnswer', 'Content'],
  'sdk/test-kit/expectation.schema.ts': ['Expected'],
}

const BANNER = `/**
 * Types of \`@gatehouse/sdk\` and of the host interfaces, for editors and \`tsc\`. Generated, of Gatehouse ${PLATFORM_VERSION}: do not edit.
 * \`gatehouse ext types FOLDER\` renews them in the folder of an extension.
 */`

const ours = (path: string): Promise<string> => readFile(join(packageRoot(), path), 'utf8')

/** A source with nothing but its types left. Raises where something that it exports does not say its type. */
const declared = async (path: string): Promise<string> => {
  const compilerOptions = { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext, strict: true }
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(await ours(path), {
    ...{ fileName: path, reportDiagnostics: true, compilerOptions },
  })
  const [wrong] = diagnostics
  if (wrong) throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(wrong.messageText, ' ')}`)
  return outputText
}

type Sources = ReadonlyMap<string, ts.SourceFile>
type Linked = ts.ImportDeclaration | ts.ExportDeclaration
const isLink = (statement: ts.Statement): statement is Linked =>
  ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)

/** The source that an import or export names; undefined where it names none of ours. */
const linkedBy = (path: string, { moduleSpecifier }: Linked): string | undefined => {
  const name = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''
  return name.startsWith('.') ? join(dirname(path), name).replace(/\.js$/, '.ts') : undefined
}

/** All that entries are made of, as declarations. */
const readSources = async (made: ReadonlyMap<string, string>): Promise<Sources> => {
  const sources = new Map<string, ts.SourceFile>()
  const waiting = Object.values(ENTRIES)
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    if (sources.has(path)) continue
    const text = SHAPED[path]?.map((name) => made.get(name)).join('\n') ?? (await declared(path))
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true)
    sources.set(path, source)
    for (const statement of source.statements) {
      const linked = isLink(statement) ? linkedBy(path, statement) : undefined
      if (linked) waiting.push(linked)
    }
  }
  return sources
}

const nameOf = (statement: ts.Statement): string => {
  const named = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]! : statement
  return (named as ts.Statement & { name: ts.Identifier }).name.text
}

/** A statement with its words, without what stands before it. */
const wordsAndText = (source: ts.SourceFile, statement: ts.Statement): [string, string] => {
  const comment = ts.getLeadingCommentRanges(source.text, statement.pos)?.at(-1)
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  const words = comment ? `${source.text.slice(comment.pos, comment.end)}\n` : ''
  return [words, source.text.slice(modifiers?.at(-1)?.end ?? statement.getStart(), statement.end).trim()]
}

const namesIn = (bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): string[] =>
  bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
    ? bindings.elements.map(({ name }) => name.text)
    : []

/** What a source itself exports, also of others. */
const exportedBy = (source: ts.SourceFile): Set<string> =>
  new Set(
    source.statements.flatMap((statement) => {
      if (ts.isExportDeclaration(statement)) return namesIn(statement.exportClause)
      const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.length
      return isExported ? [nameOf(statement)] : []
    }),
  )

/** One module: its entry and all that this is made of in one scope, and what it has of other modules as imports. */
const moduleOf = (module: string, sources: Sources): string[] => {
  const entry = ENTRIES[module]!
  const exported = exportedBy(sources.get(entry)!)
  const [imports, texts] = [new Set<string>(), [] as string[]]
  let isAllExported = true
  const include = (path: string): void => {
    const source = sources.get(path)!
    for (const statement of source.statements.filter((each) => !isLink(each))) {
      const [words, text] = wordsAndText(source, statement)
      const isExported = exported.has(nameOf(statement))
      isAllExported &&= isExported
      texts.push(`${words}${isExported ? 'export ' : ''}${text}`)
    }
  }
  const paths = new Set([entry])
  for (const path of paths) {
    include(path)
    for (const statement of sources.get(path)!.statements.filter(isLink)) {
      const linked = linkedBy(path, statement)
      const [other] = Object.entries(ENTRIES).find(([name, at]) => at === linked && name !== module) ?? []
      if (other && ts.isImportDeclaration(statement))
        imports.add(`import type { ${namesIn(statement.importClause?.namedBindings).join(', ')} } from '${other}'`)
      else if (linked) paths.add(linked)
    }
  }
  // In such a declaration everything counts as exported, unless something says which.
  return [`declare module '${module}' {`, ...imports, ...texts, ...(isAllExported ? [] : ['export {}']), '}']
}

/** What the first comment of a source says. */
const headOf = (text: string): string => {
  const [comment] = ts.getLeadingCommentRanges(text, 0) ?? []
  return comment ? text.slice(comment.pos, comment.end) : ''
}

/** The file of declarations that an extension's folder is given. Depends on the sources and on nothing else. */
export const typeDeclarations = async (): Promise<string> => {
  const sources = await readSources(await shapes())
  const modules = Object.entries(ENTRIES).map(async ([module, entry]) =>
    [headOf(await ours(entry)), ...moduleOf(module, sources)].join('\n'),
  )
  const text = [BANNER, ...(await Promise.all(modules)), await ours(HOST)].join('\n\n')
  const style = JSON.parse(await ours('.oxfmtrc.json')) as FormatConfig
  const { code, errors } = await format('gatehouse.d.ts', text, style)
  if (errors.length > 0) throw new Error(`The declarations cannot be read: ${errors[0]!.message}`)
  return code
}
