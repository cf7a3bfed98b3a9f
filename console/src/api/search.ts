import { api, read } from './client'
import type { Can } from './useCan'

/** What a search found, and the page that shows it. */
export interface SearchHit {
  kind: 'case' | 'place' | 'person'
  id: string
  title: string
  /** The human number, of cases only. */
  number?: string
  url: string
}

const mostOfEach = 5

/** Looks for cases by number and words, and for places and people by name, as far as the person may. */
export async function search(q: string, can: Can, signal: AbortSignal): Promise<SearchHit[]> {
  const params = { params: { query: { q, limit: mostOfEach } }, signal }
  const found = await Promise.all([
    can('case.read') ? cases(params) : [],
    can('org.read') ? places(params) : [],
    can('org.read') ? people(params) : [],
  ])
  return found.flat()
}

type Asking = {
  params: { query: { q: string; limit: number } }
  signal: AbortSignal
}

async function cases(asking: Asking): Promise<SearchHit[]> {
  const page = await read(api.GET('/api/v1/cases', asking))
  return page.items.map(({ id, number, title }) => {
    return { kind: 'case', id, number, title, url: `/casework/cases/${id}` }
  })
}

async function places(asking: Asking): Promise<SearchHit[]> {
  const page = await read(api.GET('/api/v1/org/places', asking))
  return page.items.map(({ id, name }) => {
    return { kind: 'place', id, title: name, url: `/system/places?q=${encodeURIComponent(name)}` }
  })
}

async function people(asking: Asking): Promise<SearchHit[]> {
  const page = await read(api.GET('/api/v1/org/staff', asking))
  return page.items.map(({ id, name }) => {
    return { kind: 'person', id, title: name, url: `/system/staff/${id}` }
  })
}
