import type { ComponentType } from 'react'
import { CampaignDesk } from './CampaignDesk'
import { CaseDesk } from './CaseDesk'
import { InspectionDesk } from './InspectionDesk'
import { LedgerDesk } from './LedgerDesk'
import { SanctionDesk } from './SanctionDesk'

interface Desk {
  key: string
  /** What it asks for, and without which it would be refused. */
  reads: string
  /** Somebody with one of these has something to do there. */
  keepers: string[]
  Show: ComponentType
}

/** The parts of the workbench, in their order. */
export const desks: Desk[] = [
  { key: 'cases', reads: 'case.read', keepers: ['case.read'], Show: CaseDesk },
  {
    key: 'campaigns',
    reads: 'campaign.read',
    keepers: ['campaign.report', 'campaign.manage', 'campaign.sign'],
    Show: CampaignDesk,
  },
  {
    key: 'inspections',
    reads: 'inspection.read',
    keepers: ['inspection.manage', 'inspection.visit'],
    Show: InspectionDesk,
  },
  { key: 'ledger', reads: 'rectify.read', keepers: ['rectify.read'], Show: LedgerDesk },
  {
    key: 'sanctions',
    reads: 'sanction.read',
    keepers: ['sanction.manage', 'sanction.publish'],
    Show: SanctionDesk,
  },
]
