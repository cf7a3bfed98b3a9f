/** From which record a penalty is filed, and to which campaign it belongs. */
export interface Origin {
  source: string
  source_id: string
  campaign_id?: string
}

/** The address at which a penalty is filed for what was found in another record. */
export function filingFor({ source, source_id, campaign_id = '' }: Origin): string {
  const subject = [source, source_id, campaign_id].filter(Boolean).join(' ')
  return `/inspection/penalties?form=${encodeURIComponent(`file:${subject}`)}`
}

/** What such an address says; nothing where a penalty is filed by itself. */
export function originIn(subject: string | undefined): Origin | undefined {
  const [source, source_id, campaign_id] = (subject ?? '').split(' ')
  if (!source || !source_id) return undefined
  return { source, source_id, ...(campaign_id && { campaign_id }) }
}
