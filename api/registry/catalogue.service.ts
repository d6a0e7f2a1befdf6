import { Injectable } from '@nestjs/common'
import semver from 'semver'
import type { Extension, ExtensionQuery, Version } from '#contract/api/registry.js'
import { PLATFORM_VERSION } from '#contract/manifest/index.js'
import { problem } from '#contract/problems.js'
import { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import {
  findExtension,
  findVersion,
  listExtensions,
  listPlatformRanges,
  listVersions,
  type ExtensionRow,
} from './catalogue.repository.js'
import { standingOf } from './standing.repository.js'
import { extensionView, versionView } from './views.rules.js'

/** What can be read of extensions and versions: one's own, and of others what was approved. */
@Injectable()
export class Catalogue {
  constructor(private readonly database: Database) {}

  /** Extensions that fit every filter, newest first. */
  list(caller: Caller, query: ExtensionQuery) {
    const page = idPage(query)
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const rows = await listExtensions(tx, page, { ...query, ranges: await rangesThat(tx, query.compatible) })
      const { items, next_cursor } = pageOfIds(rows, query.limit)
      return { items: await views(tx, items), next_cursor }
    })
  }

  /** One extension with its versions. Raises `not_found`. */
  show(caller: Caller, name: string): Promise<Extension> {
    return this.database.inScope(scopeOf(caller), async (tx) => {
      const row = await findExtension(tx, name)
      const [view] = row ? await views(tx, [row]) : []
      if (!view)
        throw problem('not_found', {
          detail: `There is no extension ${name} that you can see: gatehouse extensions list names those`,
        })
      return view
    })
  }

  /** One version with its manifest. Raises `not_found`. */
  async version(caller: Caller, name: string, version: string): Promise<Version> {
    const row = await this.database.inScope(scopeOf(caller), (tx) => findVersion(tx, name, version))
    if (!row)
      throw problem('not_found', {
        detail: `There is no version ${version} of an extension ${name} that you can see: gatehouse extensions show ${name} names its versions`,
      })
    return versionView(row)
  }
}

/** The platform ranges that contain this platform, or those that don't; null where nobody asks. */
const rangesThat = async (tx: Queryable, compatible: ExtensionQuery['compatible']): Promise<string[] | null> => {
  if (compatible === undefined) return null
  const wanted = compatible === 'true'
  return (await listPlatformRanges(tx)).filter(
    (range) => semver.satisfies(PLATFORM_VERSION, range, { includePrerelease: true }) === wanted,
  )
}

const views = async (tx: Queryable, rows: readonly ExtensionRow[]): Promise<Extension[]> => {
  const versions = await listVersions(
    tx,
    rows.map(({ id }) => id),
  )
  const standings = await standingOf(
    tx,
    rows.map(({ name }) => ({ kind: 'extension', id: name })),
  )
  return rows.map((row, index) =>
    extensionView(
      row,
      versions.filter(({ extension_id }) => extension_id === row.id),
      standings[index] ?? {},
    ),
  )
}
