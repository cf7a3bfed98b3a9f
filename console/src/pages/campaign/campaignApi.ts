import { queryOptions } from '@tanstack/react-query'
import { api, read } from '@/api/client'
import type { Schemas } from '@/pages/system/schemas'

/** A campaign as lists show it. */
export type Campaign = Schemas['CampaignCampaign']

/** A campaign with its plan. */
export type CampaignDetail = Schemas['CampaignDetail']

/** What a campaign plans. */
export type Content = Schemas['CampaignContent']

/** How far a campaign has come. */
export type Coverage = Schemas['CampaignCoverage']

/** Plans that were read from an official document. */
export type ReadOut = Schemas['CampaignReadOut']

/** One of them. */
export type ReadPlan = Schemas['CampaignReadPlan']

/** A pattern of stages to begin with. */
export type Template = Schemas['CampaignTemplate']

export const campaignOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } }, signal })),
  })

/** The document from which a campaign was drafted, with the places of what was read. */
export const sourceOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'source'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/campaigns/{id}/source', { params: { path: { id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const trailOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'trail'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/campaigns/{id}/trail', { params: { path: { id } }, signal })),
  })

export const coverageOf = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'coverage'],
    queryFn: ({ signal }) =>
      read(api.GET('/api/v1/campaigns/{id}/coverage', { params: { path: { id } }, signal })),
  })

export const templates = queryOptions({
  queryKey: ['campaign', 'templates'],
  queryFn: ({ signal }) => read(api.GET('/api/v1/campaigns/templates', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Takes out of a document what it says of campaigns; nothing is stored. */
export function readDocument(region: string, file: File): Promise<ReadOut> {
  return read(
    api.POST('/api/v1/campaigns/read', {
      params: { query: { region } },
      body: file as unknown as string,
      bodySerializer: (body) => body,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  )
}

/** A plan as the form holds it. */
export interface PlanValues {
  region?: string
  title: string
  content: Content
  reason?: string
}

/** The text of the document of a draft, and which of its plans it is. */
export interface DraftSource {
  text: string
  nth: number
}

/** So long a text is kept with its draft. */
const longestSource = 300_000

export function draftCampaign(
  { region = '', title, content }: PlanValues,
  source: DraftSource | undefined,
): Promise<CampaignDetail> {
  const kept = source && Array.from(source.text).length <= longestSource
  return read(
    api.POST('/api/v1/campaigns', {
      body: { region, title, content: wholeContent(content), ...(kept && { source }) },
    }),
  )
}

export function savePlan(
  id: string,
  revision: number,
  { title, content, reason }: PlanValues,
): Promise<CampaignDetail> {
  return read(
    api.PUT('/api/v1/campaigns/{id}', {
      params: { path: { id } },
      body: { title, content: wholeContent(content), revision, ...(reason && { reason }) },
    }),
  )
}

/** What becomes of milestones and reports whose day is over when a campaign starts. */
export type Past = 'leave' | 'owe'

export function stepCampaign(
  id: string,
  action: Schemas['CampaignStepBody']['action'],
  reason: string,
  past?: Past,
): Promise<CampaignDetail> {
  return read(
    api.POST('/api/v1/campaigns/{id}/step', {
      params: { path: { id } },
      body: { action, ...(reason && { reason }), ...(past && { past }) },
    }),
  )
}

/** The content with empty texts and lists where a form leaves nothing at all. */
export function wholeContent(content: Partial<Content>): Content {
  const { tasks = [], stages = [], milestones = [], duties = [], people = [] } = content
  return {
    doc_number: content.doc_number ?? '',
    issuer: content.issuer ?? '',
    goal: content.goal ?? '',
    kinds: content.kinds ?? [],
    scope: content.scope ?? [],
    members: content.members ?? [],
    tasks: tasks.map((task) => ({
      id: task?.id ?? '',
      group: task?.group ?? '',
      title: task?.title ?? '',
      text: task?.text ?? '',
      lead: task?.lead ?? '',
      units: task?.units ?? [],
      named: task?.named ?? '',
    })),
    stages: stages.map((stage) => ({
      title: stage?.title ?? '',
      start: stage?.start ?? '',
      end: stage?.end ?? '',
      text: stage?.text ?? '',
    })),
    milestones: milestones.map((milestone) => ({
      percent: milestone?.percent ?? 0,
      kinds: milestone?.kinds ?? [],
      due: milestone?.due ?? '',
      text: milestone?.text ?? '',
    })),
    duties: duties.map((duty) => ({
      id: duty?.id ?? '',
      title: duty?.title ?? '',
      kind: duty?.kind ?? 'text',
      from: duty?.from ?? 'regions',
      due: duty?.due ?? '',
      period_start: duty?.period_start ?? '',
      period_end: duty?.period_end ?? '',
    })),
    people: people.map((person) => ({
      role: person?.role ?? '',
      name: person?.name ?? '',
      unit: person?.unit ?? '',
      phone: person?.phone ?? '',
    })),
  }
}
