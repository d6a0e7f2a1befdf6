import type { ComponentSource } from '#runtime/toolchain/build-component.js'

/** A language that extensions are written in. */
export interface Language {
  /** Where handlers of it lie in an extension's folder: by that it is known. */
  readonly handlers: readonly string[]
  /** Compiles the handler at `entry`. Raises `ToolMissing` and `CompileFailed`. */
  compile(folder: string, entry: string): Promise<ComponentSource>
}

/** What `ext init --lang` needs to know besides. */
export interface StartedLanguage extends Language {
  /** Raises `ToolMissing` where its toolchain, or a part of that, is not there. */
  available(): Promise<void>
  /** Name of the handler among the files of a type in `sdk/templates`. */
  readonly template: string
  /** Files of ours that go into the new folder as they are: their path there, and in our package. */
  readonly copied: Readonly<Record<string, string>>
  /** Files that are written for it, and lines of its `.gitignore`. */
  readonly written: Readonly<Record<string, string>>
  readonly ignored: readonly string[]
}
