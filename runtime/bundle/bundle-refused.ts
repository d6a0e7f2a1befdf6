import { RuntimeRefusal } from '../errors.js'

/** Why bytes are not a bundle. */
export type BundleFault =
  | 'bundle.path_traversal'
  | 'bundle.bad_name'
  | 'bundle.link'
  | 'bundle.duplicate_entry'
  | 'bundle.too_many_entries'
  | 'bundle.too_large'
  | 'bundle.ratio'
  | 'bundle.truncated'
  | 'bundle.malformed'

/** An archive that is refused; nothing of it was written anywhere. */
export class BundleRefused extends RuntimeRefusal {
  constructor(
    override readonly code: BundleFault,
    message: string,
  ) {
    super(code, message)
  }
}
