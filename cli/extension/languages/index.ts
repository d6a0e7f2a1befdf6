import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ComponentSource } from '#runtime/toolchain/build-component.js'
import { UsageError } from '../../usage-error.js'
import { ASSEMBLYSCRIPT } from './assemblyscript.js'
import { C } from './c.js'
import type { Language, StartedLanguage } from './language.js'
import { RUST } from './rust.js'
import { SCRIPT, WAT } from './script.js'

/** Languages that `ext init --lang` starts an extension in. */
export const STARTED = { ts: SCRIPT, assemblyscript: ASSEMBLYSCRIPT, c: C, rust: RUST } as const satisfies Record<
  string,
  StartedLanguage
>

const LANGUAGES: readonly Language[] = [...Object.values(STARTED), WAT]

/** A handler, and the language that it is written in. */
export interface Handler {
  readonly entry: string
  readonly language: Language
}

/** The handler in a folder. Raises `UsageError` where there is none, or more than one. */
export const handlerIn = (folder: string): Handler => {
  const known = LANGUAGES.flatMap((language) => language.handlers.map((name) => ({ name, language })))
  const found = known.filter(({ name }) => existsSync(join(folder, name)))
  const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name).join(', ')
  if (found.length === 0) throw new UsageError(`${folder} has no handler: write one of ${names(known)}`)
  if (found.length > 1) throw new UsageError(`${folder} has more than one handler (${names(found)}): keep one of them`)
  return { entry: join(folder, found[0]!.name), language: found[0]!.language }
}

/** Compiles the handler in a folder. Raises `UsageError`, `ToolMissing` and `CompileFailed`. */
export const compileHandler = (folder: string): Promise<ComponentSource> => {
  const { entry, language } = handlerIn(folder)
  return language.compile(folder, entry)
}
