import ts from 'typescript'

/** A test that a file has. `skipped` says by what it may not run. */
export interface Test {
  readonly title: string
  readonly skipped?: string
}

const TESTS = ['it', 'test']
const SKIPPING = ['skip', 'todo', 'failing', 'skipIf', 'runIf']

/** `it.each(table)` calls what `it.each` gives: the name in front, and the properties behind it. */
const chainOf = (callee: ts.Expression): readonly string[] => {
  if (ts.isIdentifier(callee)) return [callee.text]
  if (ts.isPropertyAccessExpression(callee)) return [...chainOf(callee.expression), callee.name.text]
  if (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee))
    return chainOf(ts.isCallExpression(callee) ? callee.expression : callee.tag)
  if (ts.isParenthesizedExpression(callee) || ts.isAsExpression(callee)) return chainOf(callee.expression)
  return []
}

const titleOf = (first: ts.Expression | undefined): string | undefined =>
  first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined

/** What a call of this name does to what is in it: `xit` and `it.skip` keep it from running. */
const skips = (chain: readonly string[]): string | undefined => {
  const [name = '', ...rest] = chain
  if (/^x(it|test|describe)$/.test(name)) return name
  return rest.some((property) => SKIPPING.includes(property)) ? chain.join('.') : undefined
}

/**
 * The tests of a spec, as its syntax has them: what stands in a comment is none. A test under another name than `it` or
 * `test`, such as one that is `it` on some machines and `it.skip` on others, is told as skipped by that name.
 */
export const testsOf = (source: string, file: string): Test[] => {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const found: Test[] = []
  const visit = (node: ts.Node, outer: string | undefined): void => {
    let skipped = outer
    if (ts.isCallExpression(node)) {
      const chain = chainOf(node.expression)
      const [name = ''] = chain
      const conditional = conditionals.has(name) ? name : undefined
      skipped ??= skips(chain) ?? conditional
      const title = titleOf(node.arguments[0])
      const isTest = TESTS.includes(name.replace(/^x/, '')) || conditional !== undefined
      if (title !== undefined && isTest) found.push({ title, ...(skipped !== undefined && { skipped }) })
    }
    node.forEachChild((child) => visit(child, skipped))
  }
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, kind)
  const conditionals = conditionalNames(tree)
  visit(tree, undefined)
  return found
}

/** Names that stand for `it` or for its being skipped, by a condition. */
const conditionalNames = (tree: ts.SourceFile): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      if (mentionsSkip(node.initializer)) names.add(node.name.text)
    node.forEachChild(visit)
  }
  visit(tree)
  return names
}

const mentionsSkip = (node: ts.Node): boolean => {
  if (ts.isFunctionLike(node)) return false
  if (ts.isPropertyAccessExpression(node)) {
    const chain = chainOf(node)
    if (['it', 'test', 'describe'].includes(chain[0] ?? '') && skips(chain) !== undefined) return true
  }
  return node.forEachChild((child) => mentionsSkip(child) || undefined) === true
}
