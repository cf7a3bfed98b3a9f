import type { components } from '@/api/schema.gen'

/** The shapes that the server answers with and takes. */
export type Schemas = components['schemas']
