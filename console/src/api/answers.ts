import type { paths } from './schema.gen'

/** A page of a list as the server answers it; `next` is the cursor of the following page. */
export interface Page<Row> {
  items: Row[] | null
  next?: string
  count?: Count
}

/** How many rows match; `capped` says that the server stopped counting there. */
export interface Count {
  value: number
  capped: boolean
}

// The tuples keep `never` from being distributed over: a path without rows must not count as a list.
type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer A } } } }
}
  ? A
  : never

type RowIn<A> = [A] extends [never]
  ? never
  : A extends { items: infer Items }
    ? NonNullable<Items> extends (infer Row)[]
      ? Row
      : never
    : never

/** The paths that answer with a page of rows. */
export type ListPath = {
  [P in keyof paths]: [RowIn<Answer<P>>] extends [never] ? never : P
}[keyof paths]

/** One row of the list at this path. */
export type RowOf<P extends ListPath> = RowIn<Answer<P>>
