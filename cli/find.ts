/** A page of a list, as every endpoint gives it. */
interface Page<Item> {
  readonly items: readonly Item[]
  readonly next_cursor: string | null
}

/** The first item of a list that fits, page by page; undefined where none does. */
export const findListed = async <Item>(
  list: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
  fits: (item: Item) => boolean,
): Promise<Item | undefined> => {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await list({ limit: 200, ...(cursor && { cursor }) })
    const found = page.items.find(fits)
    if (found !== undefined) return found
    cursor = page.next_cursor
  }
  return undefined
}
