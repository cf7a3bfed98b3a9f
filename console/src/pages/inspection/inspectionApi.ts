import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** One inspection of one target. */
export type Task = Schemas['InspectionTaskDetail']
/** A draw as the draw room shows it. */
export type Draw = Schemas['InspectionDrawDetail']
/** A plan with its batches. */
export type Plan = Schemas['InspectionPlanDetail']
/** A target with its history. */
export type Target = Schemas['InspectionTargetDetail']
/** An inspector with recusals. */
export type Officer = Schemas['InspectionOfficerDetail']

/** A social supervisor with the personal link. */
export type Monitor = Schemas['InspectionMonitorDetail']

/** The closed lists of inspections. */
export const wordsQuery = queryOptions({
  queryKey: ['inspection', 'words'],
  queryFn: ({ signal }) => read(api.GET('/api/v1/inspection/dictionary', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** One task. */
export function taskQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'task', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/inspection/tasks/{id}', { params: { path: { id } }, signal })),
  })
}

/** What was handed in of a task, the latest version first. */
export function visitsQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'visits', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/inspection/tasks/{id}/visits', { params: { path: { id } }, signal })),
  })
}

/** One draw; asked again while its witnesses are at work. */
export function drawQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'draw', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/inspection/draws/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data?.state === 'frozen' || state.data?.state === 'sealed' ? 5_000 : false,
  })
}

/** One plan. */
export function planQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'plan', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/inspection/plans/{id}', { params: { path: { id } }, signal })),
  })
}

/** One target. */
export function targetQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'target', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/inspection/targets/{id}', { params: { path: { id } }, signal })),
  })
}

/** One inspector. */
export function officerQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'officer', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/inspection/officers/{id}', { params: { path: { id } }, signal })),
  })
}

/** The items that can be inspected. */
export const itemsQuery = queryOptions({
  queryKey: ['inspection', 'items'],
  queryFn: async ({ signal }) =>
    (await read(api.GET('/api/v1/inspection/items', { signal }))) ?? [],
})

/** Targets whose names hold a text. */
export function findTargets(q: string) {
  const query = { limit: 50, ...(q && { q }) }
  return queryOptions({
    queryKey: ['inspection', 'targets', 'pick', q],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/v1/inspection/targets', { params: { query }, signal }))).items ??
      [],
  })
}

/** Inspectors, or social supervisors, whose names hold a text. */
export function findOfficers(q: string, kind: Schemas['InspectionOfficer']['kind'] = 'inspector') {
  const query = { limit: 50, kind, ...(q && { q }) }
  return queryOptions({
    queryKey: ['inspection', 'officers', 'pick', kind, q],
    queryFn: async ({ signal }) =>
      (await read(api.GET('/api/v1/inspection/officers', { params: { query }, signal }))).items ??
      [],
  })
}

/** One social supervisor. */
export function monitorQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'monitor', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/inspection/monitors/{id}', { params: { path: { id } }, signal })),
  })
}

/** What social supervisors found at an inspection. */
export function cluesQuery(id: string) {
  return queryOptions({
    queryKey: ['inspection', 'clues', id],
    queryFn: async ({ signal }) =>
      (await read(
        api.GET('/api/v1/inspection/tasks/{id}/clues', { params: { path: { id } }, signal }),
      )) ?? [],
  })
}
