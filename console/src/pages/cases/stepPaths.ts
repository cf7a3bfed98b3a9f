import type { paths } from '@/api/schema.gen'

/** What may follow `/cases/{id}/` where a step is taken. */
export type Tail = {
  [P in keyof paths]: P extends `/api/v1/cases/{id}/${infer T}`
    ? paths[P] extends { post: object }
      ? T
      : never
    : never
}[keyof paths]

/** The body that a step takes. */
export type BodyOf<T extends Tail> = paths[`/api/v1/cases/{id}/${T}`] extends {
  post: { requestBody: { content: { 'application/json': infer B } } }
}
  ? B
  : never

/** The fields of that body, `answers.solved` for one further down. */
export type FieldOf<T extends Tail> = NamesOf<BodyOf<T>>

// The tuple keeps `never`, a step without a body, from being distributed over.
type NamesOf<B> = [B] extends [never]
  ? never
  : { [K in keyof B & string]: NameOf<K, B[K]> }[keyof B & string]

type NameOf<K extends string, V> =
  NonNullable<V> extends readonly unknown[]
    ? K
    : NonNullable<V> extends object
      ? `${K}.${keyof NonNullable<V> & string}`
      : K
