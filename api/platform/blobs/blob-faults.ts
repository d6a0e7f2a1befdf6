/** No blob of that digest is kept. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing'
  constructor(readonly digest: string) {
    super(`there is no blob ${digest}`)
  }
}

/** The kept bytes are not what their digest says: bit rot, or somebody changed them. */
export class BlobCorrupt extends Error {
  override readonly name = 'BlobCorrupt'
  constructor(readonly digest: string) {
    super(`the blob ${digest} is corrupt`)
  }
}
