import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import { type Text, text } from '@/i18n/text'
import type { Schemas } from '@/pages/system/schemas'
import type { Tone } from '@/parts/record/StateTag'

/** An institution to be looked at again, as lists show it. */
export type LookLine = Schemas['CampaignLookLine']

/** One of them, with its inspections and what was done. */
export type LookDetail = Schemas['CampaignLookDetail']

/** What somebody found who looked. */
export type LookFound = Schemas['CampaignCheckLookBody']

export const lookProgressOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'look-back'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/campaigns/{id}/look-back', { params: { path: { id } }, signal })),
  })

export const lookOf = (id: string) =>
  queryOptions({
    queryKey: ['look-back', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/look-back/{id}', { params: { path: { id } }, signal })),
  })

/** Brings the list to what was punished and put right since. */
export function rebuildLook(id: string) {
  return read(api.POST('/api/v1/campaigns/{id}/look-back/rebuild', { params: { path: { id } } }))
}

export function checkLook(id: string, body: LookFound) {
  return read(api.POST('/api/v1/look-back/{id}/check', { params: { path: { id } }, body }))
}

export function takeOff(
  id: string,
  action: Schemas['CampaignTakeOffBody']['action'],
  reason: string,
) {
  return read(
    api.POST('/api/v1/look-back/{id}/off', { params: { path: { id } }, body: { action, reason } }),
  )
}

export const lookStates: Record<LookLine['state'], Text> = {
  open: text('待复查', 'To be looked at'),
  checked: text('已复查', 'Looked at'),
  off: text('已移出', 'Taken off'),
}

export const lookResults: Record<string, Text> = {
  held: text('合格', 'Held'),
  rebound: text('反弹', 'Rebound'),
}

export const lookResultTones: Record<string, Tone> = { held: 'good', rebound: 'bad' }

export const groundNames: Record<string, Text> = {
  penalty: text('受到处罚', 'Punished'),
  problem: text('问题已整改', 'Put right'),
}

/** What the steps in the trail are called. */
export const lookActs: Record<string, Text> = {
  list: text('列入', 'Listed'),
  ground: text('增加事由', 'One more reason'),
  check: text('登记复查', 'Looked at'),
  ask_off: text('申请移出', 'Asked to take it off'),
  refuse_off: text('不同意移出', 'Kept on the list'),
  off: text('同意移出', 'Taken off'),
}
