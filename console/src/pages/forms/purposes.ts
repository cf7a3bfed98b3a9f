import { type Text, text } from '@/i18n/text'

/** What forms are for. */
export const purposes: Record<string, Text> = {
  inspection: text('监督检查', 'Inspection'),
  followup: text('出院回访', 'Discharge follow-up'),
  campaign: text('专项整治', 'Campaign'),
}

/** What a purpose is called; its own word where nobody says. */
export function purposeOf(purpose: string): Text {
  return purposes[purpose] ?? text(purpose, purpose)
}
