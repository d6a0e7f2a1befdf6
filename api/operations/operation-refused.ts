/** An operation that can't be done as things are; the message says what to do. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused'
}
